/**
 * A synchronous call from a worker that cannot return to its event loop (Ruby is on its stack) to
 * one that can. The request lies in shared memory, and `postMessage` says that it is there; one that is
 * larger than the channel goes with the message. The caller sleeps in `Atomics.wait`; the answer
 * comes back through shared memory, in parts when it is larger than the channel.
 */
const STATE = 0;
const TOTAL = 1;
const PART = 2;
const CLOSED = 3;
const HEADER_BYTES = 16;

const PENDING = 0;
const ANSWERED = 1;

/** What both kinds of MessagePort (browser and Node) have and we use. */
export interface ChannelPort {
  postMessage(message: ChannelRequest, transfer?: ArrayBuffer[]): void;
}

/** A number is the length of a request that lies in the channel: cheaper than handing a buffer over. */
export type ChannelRequest = number | { type: "call"; bytes: Uint8Array } | { type: "more" };

export function createChannelBuffer(partBytes = 256 * 1024): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + partBytes);
}

/** Nobody answers any more: every call, also one under way, throws ChannelClosedError. */
export function closeChannel(buffer: SharedArrayBuffer): void {
  const header = new Int32Array(buffer, 0, HEADER_BYTES / 4);
  Atomics.store(header, CLOSED, 1);
  Atomics.store(header, STATE, ANSWERED);
  Atomics.notify(header, STATE);
}

export class ChannelClosedError extends Error {
  override name = "ChannelClosedError";
}

/** The calling side. One call at a time. */
export class SyncClient {
  readonly #port: ChannelPort;
  readonly #header: Int32Array;
  readonly #parts: Uint8Array;

  constructor(port: ChannelPort, buffer: SharedArrayBuffer) {
    this.#port = port;
    this.#header = new Int32Array(buffer, 0, HEADER_BYTES / 4);
    this.#parts = new Uint8Array(buffer, HEADER_BYTES);
  }

  /**
   * Sends `bytes` (their buffer is given away) and blocks until the whole answer is here.
   * @throws {ChannelClosedError}
   */
  call(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#send(bytes);
    const answer = new Uint8Array(Atomics.load(this.#header, TOTAL));
    let offset = this.#takePart(answer, 0);
    while (offset < answer.byteLength) {
      this.#exchange({ type: "more" }, []);
      offset = this.#takePart(answer, offset);
    }
    return answer;
  }

  #send(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.byteLength > this.#parts.byteLength)
      return this.#exchange({ type: "call", bytes }, [bytes.buffer]);
    this.#parts.set(bytes);
    this.#exchange(bytes.byteLength, []);
  }

  #exchange(request: ChannelRequest, transfer: ArrayBuffer[]): void {
    Atomics.store(this.#header, STATE, PENDING);
    this.#refuseClosed();
    this.#port.postMessage(request, transfer);
    while (Atomics.load(this.#header, STATE) === PENDING)
      Atomics.wait(this.#header, STATE, PENDING);
    this.#refuseClosed();
  }

  #refuseClosed(): void {
    if (Atomics.load(this.#header, CLOSED) === 1) throw new ChannelClosedError("Nobody answers");
  }

  #takePart(answer: Uint8Array, offset: number): number {
    const length = Atomics.load(this.#header, PART);
    answer.set(this.#parts.subarray(0, length), offset);
    return offset + length;
  }
}

/** The answering side: feed it the port's messages. */
export class SyncServer {
  readonly #header: Int32Array;
  readonly #parts: Uint8Array;
  readonly #handle: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  #answer = new Uint8Array(0);
  #sent = 0;

  /** @param handle answers one request; it must not throw */
  constructor(
    buffer: SharedArrayBuffer,
    handle: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  ) {
    this.#header = new Int32Array(buffer, 0, HEADER_BYTES / 4);
    this.#parts = new Uint8Array(buffer, HEADER_BYTES);
    this.#handle = handle;
  }

  receive(message: unknown): void {
    if (isMore(message)) return this.#sendPart();
    const request = this.#requestOf(message);
    if (request === null) return;
    const answer = this.#handle(request);
    if (answer instanceof Promise) void answer.then((bytes) => this.#begin(bytes));
    else this.#begin(answer);
  }

  /** A copy of its own: the answer is written where the request lies. */
  #requestOf(message: unknown): Uint8Array | null {
    if (typeof message === "number") return this.#parts.slice(0, message);
    const { type, bytes } = (message ?? {}) as { type?: unknown; bytes?: unknown };
    return type === "call" && bytes instanceof Uint8Array ? bytes : null;
  }

  #begin(answer: Uint8Array): void {
    this.#answer = answer as Uint8Array<ArrayBuffer>;
    this.#sent = 0;
    Atomics.store(this.#header, TOTAL, answer.byteLength);
    this.#sendPart();
  }

  #sendPart(): void {
    const part = this.#answer.subarray(this.#sent, this.#sent + this.#parts.byteLength);
    this.#parts.set(part);
    this.#sent += part.byteLength;
    if (this.#sent >= this.#answer.byteLength) this.#answer = new Uint8Array(0);
    Atomics.store(this.#header, PART, part.byteLength);
    Atomics.store(this.#header, STATE, ANSWERED);
    Atomics.notify(this.#header, STATE);
  }
}

function isMore(message: unknown): boolean {
  return (message as { type?: unknown } | null)?.type === "more";
}
