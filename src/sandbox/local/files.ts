/** The app's files as the learner has them, and what changed when. */
import { SandboxError, type FileTree, type SandboxFiles } from "../sandbox.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface FileChange {
  path: string;
  /** Null when the file is gone. */
  content: Uint8Array | null;
}

export class LocalFiles implements SandboxFiles {
  #version = 0;
  readonly #contents = new Map<string, Uint8Array>();
  readonly #changed = new Map<string, number>();
  readonly #onChange: (version: number, paths: string[]) => void;

  /** @param onChange called after every change, with the new version and what was written or deleted */
  constructor(onChange: (version: number, paths: string[]) => void) {
    this.#onChange = onChange;
  }

  /** Grows with every change. 0: nothing written yet. */
  get version(): number {
    return this.#version;
  }

  list(): string[] {
    return [...this.#contents.keys()].sort();
  }

  read(path: string): Uint8Array {
    const content = this.#contents.get(path);
    if (content === undefined) throw new SandboxError(noSuchFile(path));
    return content.slice();
  }

  readText(path: string): string {
    return decoder.decode(this.read(path));
  }

  write(path: string, content: string | Uint8Array): void {
    checkPlace(path, [...this.#contents.keys()]);
    this.#put(path, content);
    this.#changedNow([path]);
  }

  delete(path: string): void {
    if (!this.#contents.delete(path)) throw new SandboxError(noSuchFile(path));
    this.#changedNow([path]);
  }

  replace(files: FileTree): void {
    const paths = Object.keys(files);
    for (const path of paths) checkPlace(path, paths); // before anything is changed
    const gone = this.list().filter((path) => !(path in files));
    for (const path of gone) this.#contents.delete(path);
    const written = Object.keys(files).filter(
      (path) => !this.#holds(path, files[path] as string | Uint8Array),
    );
    for (const path of written) this.#put(path, files[path] as string | Uint8Array);
    this.#changedNow([...gone, ...written]);
  }

  /** A copy of the whole tree. */
  snapshot(): FileTree {
    return Object.fromEntries(this.#contents);
  }

  changesSince(version: number): FileChange[] {
    return [...this.#changed]
      .filter(([, changed]) => changed > version)
      .map(([path]) => ({ path, content: this.#contents.get(path) ?? null }));
  }

  #holds(path: string, content: string | Uint8Array): boolean {
    const held = this.#contents.get(path);
    const bytes = toBytes(content);
    return held?.length === bytes.length && held.every((byte, index) => byte === bytes[index]);
  }

  #put(path: string, content: string | Uint8Array): void {
    this.#contents.set(path, toBytes(content));
  }

  #changedNow(paths: string[]): void {
    if (paths.length === 0) return;
    this.#version += 1;
    for (const path of paths) this.#changed.set(path, this.#version);
    this.#onChange(this.#version, paths);
  }
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encoder.encode(content) : content.slice();
}

const noSuchFile = (path: string) => `There is no file ${path} in the app.`;

/** @throws {SandboxError} when no file of that name can lie beside these */
function checkPlace(path: string, others: readonly string[]): void {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || path.includes("\0")) {
    throw new SandboxError(
      `“${path}” is not a path inside the app. Write it like app/models/photo.rb.`,
    );
  }
  if (others.some((other) => other.startsWith(`${path}/`))) {
    throw new SandboxError(`${path} is a folder of the app, so no file can have its name.`);
  }
  const file = others.find((other) => path.startsWith(`${other}/`));
  if (file !== undefined) {
    throw new SandboxError(`${file} is a file, so nothing can lie below it.`);
  }
}
