/** Downloads the boot image, counting bytes, and unpacks it as it arrives. */
import { BootError, type BootImage, type BootImageSource } from "../sandbox.ts";
import { parseManifest, type BootFile, type BootManifest } from "./manifest.ts";

type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

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
  const { code, memory } = manifest;
  const total = code.bytes + memory.bytes;
  let done = 0;
  onProgress(0, total);
  const copies = [code, memory].map(async ({ name, bytes, rawBytes }) => {
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
  const manifest = await fetchManifest(baseUrl, options);
  const total = manifest.code.bytes + manifest.memory.bytes;
  let done = 0;
  const count = (bytes: number) => onProgress((done += bytes), total);
  onProgress(0, total);

  const code = unpacked(baseUrl, manifest.code, count, options);
  const memory = unpacked(baseUrl, manifest.memory, count, options);
  const module = code.then((stream) =>
    WebAssembly.compileStreaming(
      new Response(stream, { headers: { "content-type": "application/wasm" } }),
    ),
  );
  const [compiled, image] = await Promise.all([
    module,
    memory.then((stream) => intoSharedMemory(stream, manifest.memory.rawBytes)),
  ]);
  return { id: manifest.memory.name, module: compiled, memory: image, versions: manifest.versions };
}

async function unpacked(
  baseUrl: string,
  file: BootFile,
  count: (bytes: number) => void,
  options: RequestInit,
): Promise<ByteStream> {
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
  return gunzipped(counted);
}

const GZIP_MAGIC = [0x1f, 0x8b];

/** Unpacks, unless the browser has done so already because a server called the file gzip-encoded. */
async function gunzipped(stream: ByteStream): Promise<ByteStream> {
  const reader = stream.getReader();
  const first = await reader.read();
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => (first.done ? controller.close() : controller.enqueue(first.value)),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const packed = GZIP_MAGIC.every((byte, index) => first.value?.[index] === byte);
  return packed ? whole.pipeThrough(new DecompressionStream("gzip")) : whole;
}

async function intoSharedMemory(stream: ByteStream, bytes: number): Promise<SharedArrayBuffer> {
  const memory = new SharedArrayBuffer(bytes);
  const view = new Uint8Array(memory);
  let offset = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (offset + value.byteLength > bytes) throw new RangeError("the file is too long");
    view.set(value, offset);
    offset += value.byteLength;
  }
  if (offset !== bytes) throw new RangeError("the file is too short");
  return memory;
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
