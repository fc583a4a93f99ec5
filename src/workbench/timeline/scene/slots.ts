/** Places in a lane for things that happen at the same time. */
export class Slots {
  readonly #ends: number[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The first place that is free from `from` on (things come in the order of `from`); null where none is. */
  take(from: number, until: number): number | null {
    const free = this.#ends.findIndex((end) => end <= from);
    const slot = free >= 0 ? free : this.#ends.length;
    if (slot >= this.#limit) return null;
    this.#ends[slot] = until;
    return slot;
  }

  /** How many places are taken at least once. */
  get used(): number {
    return this.#ends.length;
  }
}
