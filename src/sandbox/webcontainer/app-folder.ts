/** The app's files in the container, for the shell to see: copies, which the page's replace. */
import { chmod, lstat, mkdir, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SandboxFiles } from "../sandbox.ts";

export class AppFolder {
  readonly #folder: string;
  readonly #files: SandboxFiles;
  readonly #written = new Map<string, Uint8Array>();
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
    for (const path of this.#written.keys()) if (!now.has(path)) await this.#remove(path);
    const errors: unknown[] = [];
    for (const [path, content] of now) {
      const known = this.#written.get(path);
      if (known && sameBytes(known, content)) continue;
      // One that the disk refuses must not keep the others away.
      await this.#write(path, content).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }

  /** With the folders that it leaves empty: a file may take the name of one. */
  async #remove(path: string): Promise<void> {
    this.#written.delete(path);
    // What the shell has put in its place, or taken away, is none of ours.
    await unlink(join(this.#folder, path)).catch(() => undefined);
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      const gone = await rmdir(join(this.#folder, folder)).then(...OUTCOME);
      if (!gone) return;
    }
  }

  async #write(path: string, content: Uint8Array): Promise<void> {
    await this.#makeRoom(path);
    await mkdir(dirname(join(this.#folder, path)), { recursive: true });
    await writeFile(join(this.#folder, path), content);
    this.#written.set(path, content);
  }

  /** The page's files count: what has the name of one of their folders, or is a folder in a file's place, goes. */
  async #makeRoom(path: string): Promise<void> {
    const parts = path.split("/");
    for (let length = 1; length <= parts.length; length++) {
      const name = join(this.#folder, ...parts.slice(0, length));
      const found = await lstat(name).catch(() => null);
      const wanted = length < parts.length;
      if (found && found.isDirectory() !== wanted) await rm(name, { recursive: true, force: true });
    }
  }
}

const OUTCOME = [() => true, () => false] as const;

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
