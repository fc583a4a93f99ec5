/** Compiles photon's WebAssembly under Node. The module can be posted to any worker. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export async function loadImageModule(): Promise<WebAssembly.Module> {
  const file = fileURLToPath(import.meta.resolve("@cf-wasm/photon/photon.wasm"));
  return WebAssembly.compile(await readFile(file));
}
