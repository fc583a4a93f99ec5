/** Downloads the boot image, counting bytes, and unpacks it as it arrives; keeps it for the next visit. */
import { BootError, type BootImage, type BootImageSource } from "../sandbox.ts";
import { decodeDatabases } from "./databases.ts";
import { openKeptFiles, type KeptFiles } from "./kept-files.ts";
import { parseManifest, type BootFile, type BootManifest } from "./manifest.ts";
import { unpacked, type ByteStream } from "./unpacked.ts";

/**
 * `load` rejects with BootError, whose message is for the learner, or with the signal's reason.
 * @param baseUrl the folder of manifest.json, with a slash at its end
 */
export function fetchBootImage(baseUrl: string): BootImageSource {
  return {
    load: (onProgress, signal) => whole(loadFiles, baseUrl, onProgress, signal),
    files: (onProgress, signal) => whole(copyFiles, baseUrl, onProgress, signal),
  };
}

type OnProgress = (done: number, total: number) => void;
type Options = { signal: AbortSignal };

async function whole<Result>(
  load: (baseUrl: string, onProgress: OnProgress, options: Options) => Promise<Result>,
  baseUrl: string,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Result> {
  // One file that fails stops the other: half a boot image is of no use.
  const stop = new AbortController();
  const options = { signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal };
  try {
    return await load(baseUrl, onProgress, options);
  } catch (error) {
    stop.abort(error);
    if (signal?.aborted) throw signal.reason;
    throw explained(error);
  }
}

/** What a learner is told. What the browser says about broken bytes means nothing to them. */
function explained(error: unknown): BootError {
  if (error instanceof BootError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BootError(
    `The download of the boot image came damaged or was cut short (${message}). Try again.`,
    { cause: error },
  );
}

async function fetchManifest(baseUrl: string, options: Options): Promise<BootManifest> {
  const url = new URL("manifest.json", baseUrl);
  return parseManifest(await (await request(url, { ...options, cache: "no-cache" })).json());
}

/** As the server has them; where it calls them gzip-encoded, the browser unpacks them. */
async function copyFiles(
  baseUrl: string,
  onProgress: OnProgress,
  options: Options,
): Promise<Record<string, Uint8Array>> {
  const manifest = await fetchManifest(baseUrl, options);
  const files = [manifest.code, manifest.memory, manifest.databases];
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  onProgress(0, total);
  const copies = files.map(async ({ name, bytes, rawBytes }) => {
    const response = await request(new URL(name, baseUrl), options);
    const copy = new Uint8Array(await response.arrayBuffer());
    if (![bytes, rawBytes].includes(copy.length))
      throw new RangeError(`${name} has another length`);
    onProgress((done += bytes), total);
    return [name, copy] as const;
  });
  const text = new TextEncoder().encode(JSON.stringify(manifest));
  return { ...Object.fromEntries(await Promise.all(copies)), "manifest.json": text };
}

async function loadFiles(
  baseUrl: string,
  onProgress: OnProgress,
  options: Options,
): Promise<BootImage> {
  const [manifest, kept] = await Promise.all([fetchManifest(baseUrl, options), openKeptFiles()]);
  const { code, memory, databases, versions } = manifest;
  const total = code.bytes + memory.bytes + databases.bytes;
  let done = 0;
  const count = (bytes: number) => onProgress((done += bytes), total);
  onProgress(0, total);

  const from = { baseUrl, kept, count, options };
  const [module, shared, prepared] = await Promise.all([
    loadModule(code, from),
    loadContent(memory, from),
    loadContent(databases, from),
  ]);
  kept.keepOnly([memory, databases].map(({ name }) => new URL(name, baseUrl)));
  return {
    id: memory.name,
    module,
    memory: shared.buffer,
    databases: decodeDatabases(prepared.slice()),
    versions,
  };
}

interface From {
  baseUrl: string;
  kept: KeptFiles;
  /** Told the bytes of each piece of the download. */
  count: (bytes: number) => void;
  options: RequestInit;
}

/**
 * From the server's own response, while it comes: only then does a browser keep the compiled form as well, so that the
 * next visit begins with optimized code. Seen in Chromium 156, whose code cache stays empty for Cache Storage's.
 */
async function loadModule(file: BootFile, from: From): Promise<WebAssembly.Module> {
  const response = await request(new URL(file.name, from.baseUrl), from.options);
  const streams = response.headers.get("Content-Type") === "application/wasm";
  const module = streams
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  from.count(file.bytes);
  return module;
}

async function loadContent(file: BootFile, from: From): Promise<Uint8Array<SharedArrayBuffer>> {
  const url = new URL(file.name, from.baseUrl);
  const body = (await from.kept.get(url))?.body;
  const known = body && (await intoSharedMemory(body, file.rawBytes).catch(() => null));
  if (known) {
    from.count(file.bytes);
    return known;
  }
  const content = await download(file, from);
  void from.kept.put(url, new Uint8Array(content), "application/octet-stream");
  return content;
}

async function download(
  file: BootFile,
  { baseUrl, count, options }: From,
): Promise<Uint8Array<SharedArrayBuffer>> {
  const response = await request(new URL(file.name, baseUrl), options);
  if (!response.body) throw new BootError(`The file ${file.name} came without content.`);
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  return intoSharedMemory(await unpacked(counted), file.rawBytes);
}

async function intoSharedMemory(
  stream: ByteStream,
  bytes: number,
): Promise<Uint8Array<SharedArrayBuffer>> {
  const view = new Uint8Array(new SharedArrayBuffer(bytes));
  let offset = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (offset + value.byteLength > bytes) throw new RangeError("the file is too long");
    view.set(value, offset);
    offset += value.byteLength;
  }
  if (offset !== bytes) throw new RangeError("the file is too short");
  return view;
}

async function request(url: URL, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new BootError(
      `The download failed (${String(error)}). Check the connection and try again.`,
    );
  });
  if (!response.ok)
    throw new BootError(`The server answered ${response.status} for ${url.pathname}.`);
  return response;
}
