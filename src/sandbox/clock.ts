/**
 * Sandbox time, which every process shares: the machine's clock plus an offset, or, while it is frozen, a
 * moment that stays. One word holds either, in ns, so that nobody ever reads half of a change: even numbers
 * are offsets, odd ones are moments.
 */
export class SharedClock {
  readonly buffer: SharedArrayBuffer;
  readonly #word: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#word = new BigInt64Array(buffer);
  }

  /** Milliseconds since the Unix epoch, with fractions. */
  now(): number {
    const word = this.#read();
    return isMoment(word) ? Number(word) / 1e6 : machineNow() + Number(word) / 1e6;
  }

  /** Nanoseconds since the Unix epoch, as WASI counts. */
  nowNs(): bigint {
    const word = this.#read();
    return isMoment(word) ? word : machineNowNs() + word;
  }

  /** How far sandbox time is ahead of the machine's, in ms; negative after it was frozen for a while. */
  offset(): number {
    const word = this.#read();
    return Number(isMoment(word) ? word - machineNowNs() : word) / 1e6;
  }

  /** For how long (ms of the machine's time) to wait for a moment of sandbox time; a frozen clock gets nowhere. */
  untilMs(moment: number): number {
    const left = moment - this.now();
    return left > 0 && this.frozen ? Infinity : left;
  }

  get frozen(): boolean {
    return isMoment(this.#read());
  }

  // The sandbox's side: it alone writes.

  /** Time only moves forward, by at least a nanosecond when `ms` is above 0; a negative one throws RangeError. */
  forward(ms: number): void {
    if (!(ms >= 0)) throw new RangeError("The sandbox's clock only moves forward");
    Atomics.add(this.#word, 0, BigInt(Math.ceil((ms * 1e6) / 2)) * 2n);
  }

  /** Lets time stand still. */
  freeze(): void {
    if (!this.frozen) Atomics.store(this.#word, 0, this.nowNs() | 1n);
  }

  /** Time goes on from where it stood. */
  unfreeze(): void {
    const word = this.#read();
    if (isMoment(word)) Atomics.store(this.#word, 0, word + 1n - machineNowNs());
  }

  #read(): bigint {
    return Atomics.load(this.#word, 0);
  }
}

const isMoment = (word: bigint) => (word & 1n) === 1n;

function machineNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A whole number of microseconds, so it is even. */
function machineNowNs(): bigint {
  return BigInt(Math.round(machineNow() * 1000)) * 1000n;
}
