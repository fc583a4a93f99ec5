/** The page's end of the wire: calls with answers, and news. */
import { toError } from "./errors.ts";
import { Heartbeat, type HeartbeatLimits } from "./heartbeat.ts";
import { parseRunnerMessage, type PageMessage, type RunnerMessage } from "./messages.ts";
import { LineReader, toLines } from "./wire.ts";

interface Call {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  signal: AbortSignal | undefined;
  stopListening(): void;
}

type Told = Exclude<RunnerMessage, { type: "answer" | "refusal" | "pong" }>;

/** V8 prints up to some 40 frames of its stack after it has said why it ends. */
const NOISE_LINES = 100;

export class Link {
  readonly #write: (text: string) => void;
  readonly #receive: (message: Told) => void;
  readonly #calls = new Map<number, Call>();
  readonly #reader = new LineReader(
    "runner",
    (message) => this.#take(parseRunnerMessage(message)),
    (line) => this.#keepNoise(line),
    () => this.#heartbeat?.heard(),
  );
  #heartbeat: Heartbeat | null = null;
  readonly #gone = Promise.withResolvers<Error>();
  #lastId = 0;
  #lost: Error | null = null;
  /** The newest lines that were no messages: what Node said before it died. */
  #noise: string[] = [];

  /** @param write sends text to the runner, in order */
  constructor(write: (text: string) => void, receive: (message: Told) => void) {
    this.#write = write;
    this.#receive = receive;
  }

  get noise(): readonly string[] {
    return this.#noise;
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** Resolves with the reason once the link is lost. */
  get gone(): Promise<Error> {
    return this.#gone.promise;
  }

  /** From now on asks the runner whether it lives. */
  watch(onDead: () => void, limits: HeartbeatLimits | undefined): void {
    if (this.#lost) return;
    this.#heartbeat = new Heartbeat(() => this.#send({ type: "ping" }), onDead, limits);
    this.#heartbeat.start();
  }

  /** Text from the runner. @throws when a message came damaged: the link is of no use any more */
  push(text: string): void {
    this.#reader.push(text);
  }

  /**
   * Rejects with the runner's error, with the signal's reason where that is why it ended, and with the
   * reason of `lose` once the link is lost.
   */
  call<Value>(method: string, args: unknown[] = [], signal?: AbortSignal): Promise<Value> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const abort = () => this.#send({ type: "abort", id });
    const stopListening = () => signal?.removeEventListener("abort", abort);
    this.#calls.set(id, { resolve, reject, signal, stopListening });
    this.#send({ type: "call", id, method, args });
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    return promise as Promise<Value>;
  }

  tell(method: string, args: unknown[] = []): void {
    if (!this.#lost) this.#send({ type: "tell", method, args });
  }

  /** From now on there is nobody at the other end. False where that was so already. */
  lose(reason: Error): boolean {
    if (this.#lost) return false;
    this.#lost = reason;
    this.#heartbeat?.stop();
    this.#gone.resolve(reason);
    for (const call of this.#calls.values()) {
      call.stopListening();
      call.reject(reason);
    }
    this.#calls.clear();
    return true;
  }

  #send(message: PageMessage): void {
    this.#write(toLines("page", message));
  }

  #take(message: RunnerMessage): void {
    if (message.type === "pong") return;
    if (message.type !== "answer" && message.type !== "refusal") return this.#receive(message);
    const call = this.#calls.get(message.id);
    if (!call) return;
    this.#calls.delete(message.id);
    call.stopListening();
    if (message.type === "answer") return call.resolve(message.value);
    const { error } = message;
    call.reject(error.aborted && call.signal ? call.signal.reason : toError(error));
  }

  #keepNoise(line: string): void {
    this.#noise = [...this.#noise.slice(1 - NOISE_LINES), line];
  }
}
