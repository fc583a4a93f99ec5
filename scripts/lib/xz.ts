import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import SevenZip from "7z-wasm";

/**
 * Measured on the memory of a booted Rails (44.6 MB): 8.3 MB in 40 s, where Zstandard at its best has 9.7, Brotli 9.1
 * and gzip 13.1. The dictionary spans all of it, since repetitions lie far apart; most of it are words of 4 bytes (lp).
 */
const METHOD = "-m0=lzma2:d=48m:fb=273:mf=bt4:mc=1000:lc=0:lp=2:pb=2";

/**
 * Packs with xz, in WebAssembly, so that every machine makes the same bytes.
 * @throws Error with what 7-Zip printed
 */
export async function packXz(content: Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(path.join(tmpdir(), "perform-later-xz-"));
  try {
    await writeFile(path.join(folder, "content"), content);
    await run(folder, ["a", "-txz", "-mx=9", METHOD, "-mmt=1", "content.xz", "content"]);
    return new Uint8Array(await readFile(path.join(folder, "content.xz")));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(folder: string, command: string[]): Promise<void> {
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const seven = await SevenZip({ print, printErr: print });
  seven.FS.mkdir("/work");
  seven.FS.mount(seven.NODEFS, { root: folder }, "/work");
  seven.FS.chdir("/work");
  seven.callMain(command);
  if (!printed.includes("Everything is Ok")) throw new Error(printed.join("\n"));
}
