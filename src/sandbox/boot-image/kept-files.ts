/**
 * Keeps what was unpacked in the browser's Cache Storage, so that the next visit neither downloads nor
 * unpacks. The code has the browser's own cache, with its compiled form.
 */
const NAME = "perform-later-boot";

export interface KeptFiles {
  get(url: URL): Promise<Response | null>;
  /** Resolves also when the browser has no room and keeps nothing. */
  put(url: URL, content: Uint8Array<ArrayBuffer>, type: string): Promise<void>;
  /** Forgets every file but these. */
  keepOnly(urls: readonly URL[]): void;
}

const nothingKept: KeptFiles = {
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  keepOnly: () => {},
};

/** Keeps nothing where there is no Cache Storage, or where the browser forbids it. */
export async function openKeptFiles(): Promise<KeptFiles> {
  if (!("caches" in globalThis)) return nothingKept;
  const cache = await caches.open(NAME).catch(() => null);
  if (!cache) return nothingKept;
  const ignore = () => undefined;
  return {
    get: (url) =>
      cache.match(url).then(
        (found) => found ?? null,
        () => null,
      ),
    put(url, content, type) {
      const response = new Response(content, { headers: { "Content-Type": type } });
      return cache.put(url, response).catch(ignore);
    },
    keepOnly(urls) {
      const wanted = new Set(urls.map(({ href }) => href));
      const forget = async () => {
        for (const request of await cache.keys()) {
          if (!wanted.has(request.url)) await cache.delete(request);
        }
      };
      forget().catch(ignore);
    },
  };
}
