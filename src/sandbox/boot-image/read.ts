/** Reads the boot image from disk, for Node. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { BootImageSource } from "../sandbox.ts";
import { parseManifest } from "./manifest.ts";

const decompress = promisify(gunzip);

/** @param folder where `npm run boot-image` put it: public/boot */
export function readBootImage(folder: string): BootImageSource {
  return {
    async load(onProgress) {
      const manifest = parseManifest(
        JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")),
      );
      const [code, memory] = await Promise.all(
        [manifest.code, manifest.memory].map(async ({ name }) =>
          decompress(await readFile(join(folder, name))),
        ),
      );
      const total = manifest.code.bytes + manifest.memory.bytes;
      onProgress(total, total);
      const shared = new SharedArrayBuffer((memory as Buffer).byteLength);
      new Uint8Array(shared).set(memory as Buffer);
      const module = await WebAssembly.compile(new Uint8Array(code as Buffer));
      return { id: manifest.memory.name, module, memory: shared, versions: manifest.versions };
    },
  };
}
