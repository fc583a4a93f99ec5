import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { headersFor, IMMUTABLE } from "../../src/headers.ts";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const pack = promisify(gzip);
/** What hosts compress by themselves. */
const COMPRESSED = /^(text\/|application\/(json|wasm|xml)|image\/svg)/;

export interface ServeOptions {
  /** Compress with gzip what hosts compress, as a host does; off, so that files are sent as they are. */
  compress?: boolean;
  /** Paths that a browser may keep for ever, besides those of the site. */
  immutable?: readonly string[];
  /** Headers of every answer besides those of the site, as they are when it is asked. */
  headers?: Readonly<Record<string, string>>;
}

export interface StaticServer {
  url: string;
  close(): Promise<void>;
}

async function fileFor(root: string, pathname: string): Promise<string | null> {
  const wanted = path.join(root, decodeURIComponent(pathname));
  if (!wanted.startsWith(root)) return null;
  for (const candidate of [wanted, path.join(wanted, "index.html")]) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}

/** Serves a built site as a good host would: its files, with the headers of `src/headers.ts`. */
export async function serveStatic(
  folder: string,
  port = 0,
  { compress = false, immutable = [], headers: more = {} }: ServeOptions = {},
): Promise<StaticServer> {
  const root = path.resolve(folder);
  const packed = new Map<string, Promise<Buffer>>();
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const found = await fileFor(root, pathname).catch(() => null);
      const file = found ?? path.join(root, "404.html");
      const size = (await stat(file).catch(() => null))?.size;
      if (size === undefined) return void response.writeHead(404, headersFor(pathname)).end();
      const type = TYPES[path.extname(file)] ?? "application/octet-stream";
      const headers = {
        ...headersFor(pathname),
        ...more,
        ...(immutable.includes(pathname) && { "Cache-Control": IMMUTABLE }),
        "Content-Type": type,
      };
      const status = found ? 200 : 404;
      if (compress && COMPRESSED.test(type)) {
        if (!packed.has(file))
          packed.set(
            file,
            readFile(file).then((bytes) => pack(bytes)),
          );
        const bytes = (await packed.get(file)) as Buffer;
        const sent = { "Content-Encoding": "gzip", "Content-Length": bytes.byteLength };
        return void response.writeHead(status, { ...headers, ...sent }).end(bytes);
      }
      response.writeHead(status, { ...headers, "Content-Length": size });
      createReadStream(file).pipe(response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
