/** Bytes on the wire before the first job. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { parseManifest } from "../../src/sandbox/boot-image/manifest.ts";
import { RAILS_WASM } from "./site.ts";

/** In bytes, as a host serves a file: as it is when it is packed already, else with gzip or brotli. */
export interface ServedBytes {
  gzip: number;
  brotli: number;
}

export interface DownloadFigures {
  plain: ServedBytes;
  code: ServedBytes;
  memory: ServedBytes;
  databases: ServedBytes;
}

const BOOT = "public/boot";
/** What hosts use for files that they compress as they serve them. */
const GZIP_LEVEL = 6;
const BROTLI_QUALITY = 5;

export async function measureDownload(): Promise<DownloadFigures> {
  const manifest = parseManifest(JSON.parse(await readFile(`${BOOT}/manifest.json`, "utf8")));
  const [plain, code, memory, databases] = await Promise.all([
    readFile(RAILS_WASM),
    readFile(path.join(BOOT, manifest.code.name)),
    readFile(path.join(BOOT, manifest.memory.name)),
    readFile(path.join(BOOT, manifest.databases.name)),
  ]);
  return {
    plain: served(plain),
    code: served(code),
    memory: served(memory),
    databases: served(databases),
  };
}

function served(file: Buffer): ServedBytes {
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const gzip = gzipSync(file, { level: GZIP_LEVEL }).byteLength;
  const brotli = brotliCompressSync(file, { params }).byteLength;
  return {
    gzip: Math.min(gzip, file.byteLength),
    brotli: Math.min(brotli, file.byteLength),
  };
}
