/** Fetches and compiles photon's WebAssembly in a page or worker. The module can be posted to any worker. */
import wasmUrl from "@cf-wasm/photon/photon.wasm?url";

export async function loadImageModule(signal?: AbortSignal): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl, signal ? { signal } : {});
  if (!response.ok) throw new Error(`The image library could not be loaded: ${response.status}.`);
  return WebAssembly.compile(await response.arrayBuffer());
}
