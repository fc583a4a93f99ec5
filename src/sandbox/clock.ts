/** Sandbox time: the machine's clock plus an offset that every process shares. */
export class SharedClock {
  readonly buffer: SharedArrayBuffer;
  readonly #offset: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#offset = new BigInt64Array(buffer);
  }

  /** Milliseconds since the Unix epoch, with fractions. */
  now(): number {
    return machineNow() + this.offset();
  }

  /** Nanoseconds since the Unix epoch, as WASI counts. */
  nowNs(): bigint {
    return BigInt(Math.round(machineNow() * 1000)) * 1000n + Atomics.load(this.#offset, 0);
  }

  /** How far sandbox time is ahead, in ms. */
  offset(): number {
    return Number(Atomics.load(this.#offset, 0)) / 1e6;
  }

  /** Time only moves forward, by at least a nanosecond when `ms` is above 0; a negative one throws RangeError. */
  forward(ms: number): void {
    if (!(ms >= 0)) throw new RangeError("The sandbox's clock only moves forward");
    Atomics.add(this.#offset, 0, BigInt(Math.ceil(ms * 1e6)));
  }
}

function machineNow(): number {
  return performance.timeOrigin + performance.now();
}
