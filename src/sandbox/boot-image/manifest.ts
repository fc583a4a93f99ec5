/** `boot/manifest.json`: names the two files of the boot image and what is in them. */
import type { Versions } from "../sandbox.ts";

export interface BootManifest {
  /** Version of this shape. */
  format: 1;
  /**
   * Files beside the manifest, named by their content, compressed with gzip. Their names do not end
   * in `.gz`: some servers would add `Content-Encoding`, and the browser would unpack them itself.
   */
  code: BootFile;
  memory: BootFile;
  versions: Versions;
}

export interface BootFile {
  name: string;
  /** Compressed size, as downloaded. */
  bytes: number;
  /** Size once decompressed. */
  rawBytes: number;
}

/** @throws TypeError when the value is no manifest of this format */
export function parseManifest(value: unknown): BootManifest {
  const manifest = value as Partial<BootManifest> | null;
  if (manifest?.format !== 1 || !isFile(manifest.code) || !isFile(manifest.memory)) {
    throw new TypeError("This is not a boot manifest of format 1");
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
