/** The app's files in the container, for the shell to see: copies, which the page's replace. */
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SandboxFiles } from "../sandbox.ts";

export class AppFolder {
  readonly #folder: string;
  readonly #files: SandboxFiles;
  #written = new Map<string, Uint8Array>();
  #syncing: Promise<void> = Promise.resolve();

  constructor(folder: string, files: SandboxFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Writes what has changed since. One after the other; rejects when the disk refuses. */
  sync(): Promise<void> {
    this.#syncing = this.#syncing.catch(() => undefined).then(() => this.#sync());
    return this.#syncing;
  }

  /** A program in `bin/`. Where the disk has no modes, it still runs as `node bin/name`. */
  async addProgram(name: string, source: string): Promise<void> {
    const path = join(this.#folder, "bin", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, source);
    await chmod(path, 0o755).catch(() => undefined);
  }

  async #sync(): Promise<void> {
    const now = new Map(this.#files.list().map((path) => [path, this.#files.read(path)]));
    for (const path of this.#written.keys())
      if (!now.has(path)) await rm(join(this.#folder, path), { force: true });
    for (const [path, content] of now) {
      const known = this.#written.get(path);
      if (known && sameBytes(known, content)) continue;
      await mkdir(dirname(join(this.#folder, path)), { recursive: true });
      await writeFile(join(this.#folder, path), content);
    }
    this.#written = now;
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
