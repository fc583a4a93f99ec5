/** Reads the boot image from disk, for Node. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { BootImageSource } from "../sandbox.ts";
import { parseManifest } from "./manifest.ts";

const decompress = promisify(gunzip);
const GZIP_MAGIC = 0x1f8b;

/** A browser that copied it here may have unpacked it itself (`Content-Encoding`). */
async function unpacked(file: Buffer): Promise<Buffer> {
  return file.readUInt16BE() === GZIP_MAGIC ? ((await decompress(file)) as Buffer) : file;
}

/** @param folder where `npm run boot-image` put it: public/boot */
export function readBootImage(folder: string): BootImageSource {
  return {
    async load(onProgress) {
      const manifest = parseManifest(
        JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")),
      );
      const [code, memory] = await Promise.all(
        [manifest.code, manifest.memory].map(async ({ name }) =>
          unpacked(await readFile(join(folder, name))),
        ),
      );
      const total = manifest.code.bytes + manifest.memory.bytes;
      onProgress(total, total);
      const shared = new SharedArrayBuffer((memory as Buffer).byteLength);
      new Uint8Array(shared).set(memory as Buffer);
      const module = await WebAssembly.compile(new Uint8Array(code as Buffer));
      return { id: manifest.memory.name, module, memory: shared, versions: manifest.versions };
    },
    async files(onProgress) {
      const text = await readFile(join(folder, "manifest.json"));
      const { code, memory } = parseManifest(JSON.parse(text.toString()));
      const total = code.bytes + memory.bytes;
      const [codeFile, memoryFile] = await Promise.all(
        [code, memory].map(({ name }) => readFile(join(folder, name))),
      );
      onProgress(total, total);
      return {
        "manifest.json": text,
        [code.name]: codeFile as Buffer,
        [memory.name]: memoryFile as Buffer,
      };
    },
  };
}
