// What the boot image is made with: the allocator's heap, packed files, prepared databases.
import { expect, test } from "vitest";
import { heapChunks, zeroFreeChunks } from "../../src/sandbox/boot-image/allocator.ts";
import {
  areFor,
  decidingFiles,
  decodeDatabases,
  encodeDatabases,
} from "../../src/sandbox/boot-image/databases.ts";
import { dropContents } from "../../src/sandbox/boot-image/unread-files.ts";
import {
  packMemory,
  unpackedBytes,
  unpackMemory,
} from "../../src/sandbox/boot-image/packed-memory.ts";

const HEAP_START = 16 * 1024 * 1024;
const IN_USE = 2;
const PREVIOUS_IN_USE = 1;

interface TestChunk {
  bytes: number;
  inUse: boolean;
  content?: string;
}

/** A memory whose heap consists of these chunks, back to back. */
function memoryWith(chunks: TestChunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { bytes }) => sum + bytes, HEAP_START);
  const memory = new Uint8Array(size);
  const view = new DataView(memory.buffer);
  let at = HEAP_START;
  let before: TestChunk | null = null;
  for (const chunk of chunks) {
    if (before && !before.inUse) view.setUint32(at, before.bytes, true);
    const flags = (chunk.inUse ? IN_USE : 0) | (before && !before.inUse ? 0 : PREVIOUS_IN_USE);
    view.setUint32(at + 4, chunk.bytes | flags, true);
    memory.set(new TextEncoder().encode(chunk.content ?? "x".repeat(chunk.bytes - 12)), at + 8);
    at += chunk.bytes;
    before = chunk;
  }
  return memory;
}

const filling = (count: number): TestChunk[] =>
  Array.from({ length: count }, (_, index) => ({ bytes: 32 + 16 * (index % 5), inUse: true }));

test("the heap is found, and what is free in it is zeroed but for its links", () => {
  const chunks = [...filling(1000), { bytes: 512, inUse: false }, { bytes: 64, inUse: true }];
  const memory = memoryWith(chunks);
  const found = heapChunks(memory, HEAP_START);
  expect(found.map(({ bytes, inUse }) => ({ bytes, inUse }))).toEqual(chunks);
  const [free, last] = found.slice(-2);
  const kept = memory.slice(last?.start);
  zeroFreeChunks(memory, HEAP_START);
  const start = free?.start ?? 0;
  expect(memory.subarray(start + 32, start + 512).every((byte) => byte === 0)).toBe(true);
  expect(memory[start + 8]).toBe("x".charCodeAt(0));
  expect(memory.subarray(last?.start)).toEqual(kept);
});

test("a memory without such a heap is refused", () => {
  expect(() => heapChunks(new Uint8Array(HEAP_START + 4096), HEAP_START)).toThrow(RangeError);
});

test("dropped files are freed, and the file system finds a stub or nothing in their place", () => {
  const content = (name: string) => `# ${name}\n`.repeat(20);
  const chunk = (text: string) => ({
    bytes: Math.ceil((text.length + 4) / 16) * 16,
    inUse: true,
    content: text,
  });
  const [stub, library, loaded] = ["stub", "library", "loaded"].map(content) as [
    string,
    string,
    string,
  ];
  const memory = memoryWith([
    ...filling(1000),
    ...[stub, library, loaded].map(chunk),
    { bytes: 128, inUse: true, content: "" },
  ]);
  const places = heapChunks(memory, HEAP_START)
    .slice(-4)
    .map(({ start }) => start + 8);
  const nodes = places[3] as number;
  const view = new DataView(memory.buffer);
  [stub, library, loaded].forEach((text, index) => {
    view.setUint32(nodes + index * 8, text.length, true);
    view.setUint32(nodes + index * 8 + 4, places[index] as number, true);
  });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const freed: number[] = [];
  dropContents(
    () => memory,
    (address) => freed.push(address),
    [
      { path: "/notes.md", content: bytes(stub), loaded: false },
      { path: "/library.rb", content: bytes(library), loaded: false },
      { path: "/loaded.rb", content: bytes(loaded), loaded: true },
    ],
  );
  expect(freed).toEqual(places.slice(1, 3));
  const read = (index: number) => {
    const length = view.getUint32(nodes + index * 8, true);
    const address = view.getUint32(nodes + index * 8 + 4, true);
    return new TextDecoder().decode(memory.slice(address, address + length));
  };
  expect(read(0)).toBe("");
  expect(read(1)).toMatch(/^raise LoadError, ".*not in the sandbox/);
  expect(read(2)).toBe("");
});

test("a packed memory is the same once it is unpacked", () => {
  const memory = new Uint8Array(5 * 65536);
  memory.set([1, 2, 3], 70_000);
  memory.set([4], memory.byteLength - 1);
  const packed = packMemory(memory);
  expect(packed.byteLength).toBeLessThan(20_000);
  const restored = new Uint8Array(unpackedBytes(packed));
  unpackMemory(packed, restored);
  expect(restored).toEqual(memory);
});

test("prepared databases serve an app that says the same of its databases, and no other", () => {
  const app = { "db/schema.rb": "schema", "config/database.yml": "yaml", "app/models/a.rb": "A" };
  const prepared = { sources: decidingFiles(app), files: { "storage/a": Uint8Array.of(0, 255) } };
  const again = decodeDatabases(encodeDatabases(prepared));
  expect(again).toEqual(prepared);
  expect(areFor({ ...app, "app/models/a.rb": "B" }, again)).toBe(true);
  expect(areFor({ ...app, "db/schema.rb": "other" }, again)).toBe(false);
  expect(areFor({ ...app, "db/seeds.rb": "Photo.create!" }, again)).toBe(false);
  expect(areFor({ "db/schema.rb": "schema" }, again)).toBe(false);
});
