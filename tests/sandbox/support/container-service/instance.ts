/** One container of the stand-in, as the client's Comlink sees it: a temporary folder and real processes. */
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { proxy } from "comlink";
import type { Faults } from "./faults.ts";
import { TerminalProcess, type Command } from "./terminal-process.ts";

type Output = (data: Uint8Array | null) => void;

export class Instance {
  readonly folder: string;
  readonly processes: TerminalProcess[] = [];
  readonly #faults: Faults;
  readonly #onTeardown: () => void;

  static async create(faults: Faults, onTeardown: () => void): Promise<Instance> {
    return new Instance(await mkdtemp(join(tmpdir(), "container-")), faults, onTeardown);
  }

  constructor(folder: string, faults: Faults, onTeardown: () => void) {
    this.folder = folder;
    this.#faults = faults;
    this.#onTeardown = onTeardown;
  }

  fs() {
    const at = (path: string) => join(this.folder, path);
    return proxy({
      mkdir: async (path: string, options: { recursive?: boolean }) =>
        void (await mkdir(at(path), options)),
      writeFile: (path: string, data: Uint8Array | string) => writeFile(at(path), data),
      readFile: (path: string, encoding?: BufferEncoding) => readFile(at(path), encoding ?? null),
      readdir: (path: string) => readdir(at(path)),
      rename: (from: string, to: string) => rename(at(from), at(to)),
      rm: (path: string, options: object) => rm(at(path), options),
    });
  }

  previewScript() {
    return proxy({});
  }

  runtimeInfo() {
    return { path: "/bin", cwd: this.folder };
  }

  run(command: Command, _stdout: unknown, _stderr: unknown, output?: Output | null) {
    if (this.#faults.spawnRefuses) throw new Error(this.#faults.spawnRefuses);
    const process = new TerminalProcess(
      command,
      this.folder,
      (data) => void output?.(data),
      this.#faults,
    );
    this.processes.push(process);
    return proxy(process);
  }

  /** The real one ends with the iframe's memory, whatever its processes do. */
  async teardown(): Promise<void> {
    for (const process of this.processes) process.end();
    await Promise.all(this.processes.map(({ ended }) => ended));
    await rm(this.folder, { recursive: true, force: true });
    this.#onTeardown();
    const { teardownRefuses } = this.#faults;
    if (teardownRefuses) throw new Error(teardownRefuses);
  }
}
