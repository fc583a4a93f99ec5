/** Fetches and compiles photon's WebAssembly in a page. The module can be posted to any worker. */
import wasmUrl from "@cf-wasm/photon/photon.wasm?url";

let module: Promise<WebAssembly.Module> | undefined;

/**
 * Once for all sandboxes of a page: an engine with one compiler thread (WebKit on two cores) compiles
 * nothing new while it is busy with making a running Ruby faster, for half a minute at times.
 */
export function loadImageModule(): Promise<WebAssembly.Module> {
  module ??= load().catch((error: unknown) => {
    module = undefined;
    throw error;
  });
  return module;
}

async function load(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`The image library could not be loaded: ${response.status}.`);
  return WebAssembly.compile(await response.arrayBuffer());
}
