/** `boot/manifest.json`: names the files of the boot image and what is in them. */
import type { Versions } from "../sandbox.ts";

export interface BootManifest {
  /** Version of this shape. */
  format: 3;
  /** Beside the manifest, like all files, and named by its content: WebAssembly as it is, for the server to compress. */
  code: BootFile;
  /**
   * Packed with xz or gzip. Names do not end in `.gz`: some servers would add `Content-Encoding`, and the
   * browser would unpack them itself.
   */
  memory: BootFile;
  /** As `encodeDatabases` writes them. */
  databases: BootFile;
  versions: Versions;
}

export interface BootFile {
  name: string;
  /** Compressed size, as downloaded; of the code, which the server compresses, with gzip. */
  bytes: number;
  /** Size once decompressed. */
  rawBytes: number;
  /** SHA-256 of its bytes once decompressed, for those who compare builds. */
  contentHash: string;
}

/** @throws TypeError when the value is no manifest of this format */
export function parseManifest(value: unknown): BootManifest {
  const manifest = value as Partial<BootManifest> | null;
  const files = [manifest?.code, manifest?.memory, manifest?.databases];
  if (manifest?.format !== 3 || !files.every(isFile)) {
    throw new TypeError("This is not a boot manifest of format 3");
  }
  return manifest as BootManifest;
}

function isFile(value: unknown): value is BootFile {
  const file = value as Partial<BootFile> | undefined;
  return (
    typeof file?.name === "string" &&
    typeof file.bytes === "number" &&
    typeof file.rawBytes === "number"
  );
}
