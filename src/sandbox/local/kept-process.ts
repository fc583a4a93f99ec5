/** A process that is started when it is first wanted, and again when the last one has ended. */
import type { ProcessRecord } from "./process-record.ts";

export class KeptProcess {
  readonly #launch: () => Promise<ProcessRecord>;
  #last: Promise<ProcessRecord> | null = null;

  constructor(launch: () => Promise<ProcessRecord>) {
    this.#launch = launch;
  }

  /** Resolves once it runs. Who asks meanwhile gets the same. Rejects as the launch does; the next one tries again. */
  get(): Promise<ProcessRecord> {
    const previous: Promise<ProcessRecord | null> = this.#last ?? Promise.resolve(null);
    this.#last = previous
      .catch(() => null)
      .then((known) => (known?.alive ? known : this.#launch()));
    return this.#last;
  }
}
