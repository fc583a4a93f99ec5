/** Reads the boot image from disk, for Node. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import type { BootImageSource } from "../sandbox.ts";
import { decodeDatabases } from "./databases.ts";
import { parseManifest, type BootFile } from "./manifest.ts";

const gunzipped = promisify(gunzip);
const unzstd = promisify(zstdDecompress);
const GZIP_MAGIC = 0x1f8b;
const ZSTD_MAGIC = 0x28b5;

/** A browser that copied it here may have unpacked it itself (`Content-Encoding`). */
async function decompress(file: Buffer): Promise<Buffer> {
  const magic = file.readUInt16BE();
  if (magic === ZSTD_MAGIC) return unzstd(file);
  return magic === GZIP_MAGIC ? gunzipped(file) : file;
}

/** @param folder where `npm run boot-image` put it: public/boot */
export function readBootImage(folder: string): BootImageSource {
  return {
    async load(onProgress) {
      const manifest = parseManifest(
        JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")),
      );
      const unpacked = async ({ name }: BootFile) => decompress(await readFile(join(folder, name)));
      const [code, memory, databases] = await Promise.all([
        unpacked(manifest.code),
        unpacked(manifest.memory),
        unpacked(manifest.databases),
      ]);
      const total = manifest.code.bytes + manifest.memory.bytes + manifest.databases.bytes;
      onProgress(total, total);
      const shared = new SharedArrayBuffer(memory.byteLength);
      new Uint8Array(shared).set(memory);
      const module = await WebAssembly.compile(new Uint8Array(code));
      return {
        id: manifest.memory.name,
        module,
        memory: shared,
        databases: decodeDatabases(databases),
        versions: manifest.versions,
      };
    },
    async files(onProgress) {
      const text = await readFile(join(folder, "manifest.json"));
      const { code, memory, databases } = parseManifest(JSON.parse(text.toString()));
      const files = [code, memory, databases];
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
      const contents = await Promise.all(
        files.map(async ({ name }) => [name, await readFile(join(folder, name))] as const),
      );
      onProgress(total, total);
      return { "manifest.json": text, ...Object.fromEntries(contents) };
    },
  };
}
