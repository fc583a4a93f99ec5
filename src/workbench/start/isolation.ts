/** What a page needs to run the sandbox, as far as its browser tells. */
export interface Surroundings {
  crossOriginIsolated: boolean;
  isSecureContext: boolean;
  hasWebAssembly: boolean;
  /** It knows what the workbench is written in: browsers of 2024 and later do. */
  isCurrent: boolean;
}

/** Reads the page's surroundings. */
export function surroundings(): Surroundings {
  return {
    crossOriginIsolated: globalThis.crossOriginIsolated === true,
    isSecureContext: globalThis.isSecureContext === true,
    hasWebAssembly: typeof WebAssembly === "object",
    isCurrent: "withResolvers" in Promise && "groupBy" in Map && "union" in Set.prototype,
  };
}

/** Says what is missing for the sandbox to run; null when nothing is. */
export function whatIsMissing(found: Surroundings): string | null {
  if (!found.hasWebAssembly) {
    return "This browser has no WebAssembly, which the sandbox is made of. A current Chrome, Edge, Firefox or Safari has it; Safari’s Lockdown Mode switches it off, and can be told to trust this site.";
  }
  if (!found.isCurrent) {
    return "This browser is too old for the workbench. It needs Chrome or Edge 122, Firefox 127, Safari 17.4 or newer.";
  }
  if (!found.isSecureContext) {
    return "This page came over plain HTTP. The sandbox shares memory between processes, which browsers allow only over HTTPS (or on localhost).";
  }
  if (!found.crossOriginIsolated) {
    return "This page is not cross-origin isolated, so the browser will not share memory between processes. The server must send “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp” with every file.";
  }
  return null;
}
