/** A process that is started when it is first wanted, and again when the last one has ended. */
import type { ProcessRecord } from "./process-record.ts";

export class KeptProcess {
  readonly #launch: () => Promise<ProcessRecord>;
  #last: Promise<ProcessRecord> | null = null;
  #record: ProcessRecord | null = null;

  constructor(launch: () => Promise<ProcessRecord>) {
    this.#launch = launch;
  }

  /** Null while none runs. For a question that must be with the process before anything else happens. */
  get running(): ProcessRecord | null {
    return this.#record?.alive ? this.#record : null;
  }

  /** Resolves once it runs. Who asks meanwhile gets the same. Rejects as the launch does; the next one tries again. */
  get(): Promise<ProcessRecord> {
    const previous: Promise<ProcessRecord | null> = this.#last ?? Promise.resolve(null);
    this.#last = previous
      .catch(() => null)
      .then(async (known) => (this.#record = known?.alive ? known : await this.#launch()));
    return this.#last;
  }
}
