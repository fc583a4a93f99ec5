/**
 * `/dev/host`: how Ruby calls its host. Ruby writes a request and reads the answer; nothing of
 * JavaScript is held in Ruby, so the memory of a process can be copied at any time.
 *
 * Request: u32 length of the frame, u8 destination, the frame. Answer: u32 length of the frame, u8 1 when a signal
 * waits to be delivered, the frame.
 */
import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import { fileStat } from "./file-stat.ts";

/** Who is to answer a call. */
export const DESTINATION = { host: 0, database: 1, kernel: 2 } as const;
export type Destination = (typeof DESTINATION)[keyof typeof DESTINATION];

export interface HostCalls {
  /** Answers one frame (which is given away) with one frame. Must not throw. */
  call(destination: Destination, frame: Uint8Array<ArrayBuffer>): Uint8Array;
  readonly pendingSignals: boolean;
}

export class HostDevice extends Inode {
  readonly #calls: HostCalls;

  constructor(calls: HostCalls) {
    super();
    this.#calls = calls;
  }

  override path_open() {
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: new OpenHostDevice(this.#calls) };
  }

  override stat() {
    return fileStat(this.ino, wasi.FILETYPE_CHARACTER_DEVICE, 0n, 0n);
  }
}

class OpenHostDevice extends Fd {
  readonly #ino = Inode.issue_ino();
  readonly #calls: HostCalls;
  #request = new Uint8Array(0);
  #destination: Destination = DESTINATION.host;
  #received = 0;
  #answer = new Uint8Array(0);
  #read = 0;

  constructor(calls: HostCalls) {
    super();
    this.#calls = calls;
  }

  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, 0) };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: fileStat(this.#ino, wasi.FILETYPE_CHARACTER_DEVICE, 0n, 0n) };
  }

  /** A large request may come in several writes. */
  override fd_write(data: Uint8Array) {
    let rest = data;
    if (this.#received === 0) {
      const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
      this.#request = new Uint8Array(length);
      this.#destination = data[4] as Destination;
      rest = data.subarray(5);
    }
    this.#request.set(rest, this.#received);
    this.#received += rest.byteLength;
    if (this.#received >= this.#request.byteLength) this.#run();
    return { ret: 0, nwritten: data.byteLength };
  }

  override fd_read(size: number) {
    const data = this.#answer.slice(this.#read, this.#read + size);
    this.#read += data.byteLength;
    return { ret: 0, data };
  }

  #run(): void {
    const request = this.#request;
    this.#received = 0;
    this.#request = new Uint8Array(0);
    const frame = this.#calls.call(this.#destination, request);
    this.#answer = new Uint8Array(5 + frame.byteLength);
    new DataView(this.#answer.buffer).setUint32(0, frame.byteLength, true);
    this.#answer[4] = this.#calls.pendingSignals ? 1 : 0;
    this.#answer.set(frame, 5);
    this.#read = 0;
  }
}
