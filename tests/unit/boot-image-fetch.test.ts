// What a download of the boot image says when it goes wrong, and that nothing of it goes on.
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packXz } from "../../scripts/lib/xz.ts";
import { fetchBootImage } from "../../src/sandbox/boot-image/fetch.ts";
import { BootError } from "../../src/sandbox/sandbox.ts";

const MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const MEMORY = gzipSync(new Uint8Array(1000));
const XZ = await packXz(new Uint8Array(1000));
const DATABASES = gzipSync(JSON.stringify({ sources: {}, files: {} }));

const manifest = {
  format: 3,
  code: { name: "code", bytes: MODULE.byteLength, rawBytes: 8, contentHash: "" },
  memory: { name: "memory", bytes: MEMORY.byteLength, rawBytes: 1000 },
  databases: { name: "databases", bytes: DATABASES.byteLength, rawBytes: 25 },
  versions: { ruby: "3", rails: "8", solidQueue: "1", sqlite: "3" },
};

type Answers = Record<string, (response: ServerResponse) => void>;

const good: Answers = {
  "/manifest.json": (response) => response.end(JSON.stringify(manifest)),
  "/code": wasm(MODULE),
  "/memory": (response) => response.end(MEMORY),
  "/databases": (response) => response.end(DATABASES),
};

let answers: Answers;
let server: Server;

beforeEach(async () => {
  server = createServer((request, response) => answers[request.url ?? ""]?.(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => void server.closeAllConnections());
afterEach(() => new Promise((resolve) => server.close(resolve)));

function source(broken: Answers) {
  answers = { ...good, ...broken };
  const { port } = server.address() as AddressInfo;
  return fetchBootImage(`http://127.0.0.1:${port}/`);
}

function load(broken: Answers, signal?: AbortSignal) {
  return source(broken).load(() => undefined, signal);
}

async function copy(broken: Answers) {
  const progress: number[] = [];
  const files = await source(broken).files?.((done, total) => progress.push(total - done));
  return { files, progress };
}

test.each([
  ["as they are called right", {}],
  ["packed with xz", { "/memory": bytes(XZ) }],
  ["unpacked by the browser, for a server that calls them encoded", { "/memory": encoded(MEMORY) }],
  ["also from a server that does not know WebAssembly", { "/code": bytes(MODULE) }],
])("loads the files, %s", async (_, answers: Answers) => {
  const { memory, module } = await load(answers);
  expect(memory.byteLength).toBe(1000);
  expect(module).toBeInstanceOf(WebAssembly.Module);
});

test.each([
  ["a file that is gone", { "/memory": status(404) }, "The server answered 404 for /memory."],
  ["a manifest that is none", { "/manifest.json": text("<!doctype html>") }, "came damaged"],
  ["a manifest of another format", { "/manifest.json": text("{}") }, "came damaged"],
  ["a file that is cut short", { "/memory": bytes(MEMORY.subarray(0, 20)) }, "came damaged"],
  ["a packed file that is cut short", { "/memory": bytes(XZ.subarray(0, 40)) }, "came damaged"],
  [
    "a packed file that is damaged",
    { "/memory": bytes(XZ.map((byte, at) => (at === 35 ? ~byte : byte))) },
    "came damaged",
  ],
  ["a file that is too short", { "/memory": bytes(gzipSync(new Uint8Array(10))) }, "too short"],
  ["a file that is too long", { "/memory": bytes(gzipSync(new Uint8Array(2000))) }, "too long"],
  ["code that is none", { "/code": text("hello") }, "came damaged"],
  ["code that is none, though called so", { "/code": wasm(Buffer.from("hello")) }, "came damaged"],
  ["code that is cut short", { "/code": wasm(MODULE.subarray(0, 5)) }, "came damaged"],
  ["an empty file", { "/memory": bytes(new Uint8Array(0)) }, "too short"],
])("says a sentence for %s", async (_, broken: Answers, sentence) => {
  const loading = load(broken);
  await expect(loading).rejects.toThrow(BootError);
  await expect(loading).rejects.toThrow(sentence);
});

test("copies the files as the server has them", async () => {
  const { files = {}, progress } = await copy({});
  expect(Object.keys(files).sort()).toEqual(["code", "databases", "manifest.json", "memory"]);
  expect(Buffer.from(files["memory"] ?? []).equals(MEMORY)).toBe(true);
  expect(JSON.parse(new TextDecoder().decode(files["manifest.json"]))).toEqual(manifest);
  expect(progress.at(-1)).toBe(0);
  await expect(copy({ "/memory": bytes(MEMORY.subarray(0, 20)) })).rejects.toThrow("came damaged");
});

test("stops the other file when one fails", async () => {
  const closed = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const loading = load({
    "/code": (response) => {
      response.write(MODULE.subarray(0, 5));
      response.on("close", closed.resolve);
      begun.resolve();
    },
    "/memory": (response) => void begun.promise.then(() => status(500)(response)),
  });
  await expect(loading).rejects.toThrow("answered 500");
  await closed.promise;
});

test("rejects with the reason of the one who aborts it", async () => {
  const controller = new AbortController();
  const reason = new Error("not now");
  const loading = load({ "/memory": () => controller.abort(reason) }, controller.signal);
  await expect(loading).rejects.toBe(reason);
});

function status(code: number) {
  return (response: ServerResponse) => response.writeHead(code).end();
}

function text(content: string) {
  return (response: ServerResponse) => response.end(content);
}

function encoded(content: Uint8Array) {
  return (response: ServerResponse) =>
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(content);
}

function wasm(content: Uint8Array) {
  return (response: ServerResponse) =>
    response.writeHead(200, { "Content-Type": "application/wasm" }).end(content);
}

function bytes(content: Uint8Array) {
  return (response: ServerResponse) => response.end(content);
}
