/** Reads the boot image from disk, for Node. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BootImageSource } from "../sandbox.ts";
import { decodeDatabases } from "./databases.ts";
import { parseManifest, type BootFile } from "./manifest.ts";
import { unpacked } from "./unpacked.ts";

/** Code is not packed, and a browser that copied the files here may have unpacked them itself (`Content-Encoding`). */
async function unpack(file: Buffer<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([file]).stream();
  return new Uint8Array(await new Response(await unpacked(stream)).arrayBuffer());
}

/** @param folder where `npm run boot-image` put it: public/boot */
export function readBootImage(folder: string): BootImageSource {
  return {
    async load(onProgress) {
      const manifest = parseManifest(
        JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")),
      );
      const read = async ({ name }: BootFile) => unpack(await readFile(join(folder, name)));
      const [code, memory, databases] = await Promise.all([
        read(manifest.code),
        read(manifest.memory),
        read(manifest.databases),
      ]);
      const total = manifest.code.bytes + manifest.memory.bytes + manifest.databases.bytes;
      onProgress(total, total);
      const shared = new SharedArrayBuffer(memory.byteLength);
      new Uint8Array(shared).set(memory);
      const module = await WebAssembly.compile(code);
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
