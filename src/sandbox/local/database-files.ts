/**
 * Whether a process that starts has to bring the databases up to date first (`bin/rails db:prepare`): it has
 * to when schema, migrations, seeds or config/database.yml were written since this was last done.
 */
import type { LocalFiles } from "./files.ts";

const PATHS = /^(db\/.*|config\/database\.yml)$/;

export class DatabaseFiles {
  readonly #files: LocalFiles;
  /** Version of the files for which the databases were prepared; -1: never. */
  #prepared = -1;
  #preparing: { version: number; promise: Promise<void>; resolve: () => void } | null = null;

  constructor(files: LocalFiles) {
    this.#files = files;
  }

  /** They are up to date with the files as they are now, without any process. */
  prepared(): void {
    this.#prepared = this.#files.version;
  }

  /**
   * Resolves when nobody else prepares. True: the caller does it, and says `done` or `failed`. The first
   * process of all prepares unless `prepared` was called.
   */
  async turn(): Promise<boolean> {
    while (this.#preparing) await this.#preparing.promise;
    const changes = this.#files.changesSince(this.#prepared);
    const needed = this.#prepared === -1 || changes.some(({ path }) => PATHS.test(path));
    if (needed)
      this.#preparing = { version: this.#files.version, ...Promise.withResolvers<void>() };
    return needed;
  }

  /** @param prepared what `turn` gave */
  done(prepared: boolean): void {
    if (prepared && this.#preparing) this.#prepared = this.#preparing.version;
    this.failed(prepared);
  }

  failed(prepared: boolean): void {
    if (!prepared) return;
    this.#preparing?.resolve();
    this.#preparing = null;
  }
}
