/**
 * Takes the contents of packed files out of the memory of a VM that has just started, so that Ruby's own
 * heap grows into their place. The wasm's file system (wasi-vfs) keeps for each file the length and
 * the address of its content, which lies in a chunk of C's heap.
 */
import { CHUNK_HEADER_BYTES, heapChunks } from "./allocator.ts";

export interface UnreadFile {
  path: string;
  content: Uint8Array;
  /** Its code is in memory already, so nobody can ask for it again. */
  loaded: boolean;
}

/** Below it lie the C stack and C's constants. */
const HEAP_SEARCH_START = 16 * 1024 * 1024;
/** What one finds in place of a library that the sandbox does not have. */
const STUB = 'raise LoadError, "cannot load such file -- #{__FILE__} (it is not in the sandbox)"\n';

/**
 * @param memory grows and moves while contents are freed, so it is asked for again
 * @param free C's `free`
 * @returns how many bytes were freed
 * @throws RangeError when hardly any file is found: the wasm is of another kind
 */
export function dropContents(
  memory: () => Uint8Array,
  free: (address: number) => void,
  files: readonly UnreadFile[],
): number {
  const places = findContents(memory(), files);
  const stub = placeStub(memory(), places);
  redirect(memory(), places, stub);
  let freed = 0;
  for (const place of places) {
    if (place === stub.place) continue;
    // Ruby does not fill all that it allocates: what it leaves must be zeros, not old text.
    memory().fill(0, place.address, place.address + place.length);
    freed += place.length;
    free(place.address);
  }
  const wanted = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  if (freed < wanted / 2) throw new RangeError("The packed files do not lie where they should");
  return freed;
}

interface Place {
  file: UnreadFile;
  address: number;
  length: number;
}

function findContents(memory: Uint8Array, files: readonly UnreadFile[]): Place[] {
  const wanted = new Map<string, UnreadFile[]>();
  for (const file of files) {
    if (file.content.byteLength < SHORTEST) continue;
    const key = keyOf(chunkBytes(file.content.byteLength), file.content);
    wanted.set(key, [...(wanted.get(key) ?? []), file]);
  }
  const places: Place[] = [];
  for (const { start, bytes, inUse } of heapChunks(memory, HEAP_SEARCH_START)) {
    const address = start + CHUNK_HEADER_BYTES;
    // The next chunk's first word is its own as well while it is in use.
    const payload = memory.subarray(address, start + bytes + 4);
    const candidates = inUse ? (wanted.get(keyOf(bytes, payload)) ?? []) : [];
    const index = candidates.findIndex(({ content }) => startsWith(payload, content));
    const [file] = index < 0 ? [] : candidates.splice(index, 1);
    if (file) places.push({ file, address, length: file.content.byteLength });
  }
  return places;
}

/** dlmalloc's: the content with its header, a multiple of 16. */
function chunkBytes(length: number): number {
  return Math.max(16, Math.ceil((length + 4) / 16) * 16);
}

function keyOf(bytes: number, content: Uint8Array): string {
  return `${bytes} ${content.subarray(0, SHORTEST).join()}`;
}

/** Shorter contents are not worth it, and could stand anywhere. */
const SHORTEST = 24;

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, start.byteLength), start) === 0;
}

interface Stub {
  place: Place;
  length: number;
}

/** Writes the stub in place of one of the files. */
function placeStub(memory: Uint8Array, places: Place[]): Stub {
  const code = new TextEncoder().encode(STUB);
  const place = places.find(({ length }) => length >= code.byteLength);
  if (!place) throw new RangeError("There is no file to put the stub in place of");
  memory.fill(0, place.address, place.address + place.length);
  memory.set(code, place.address);
  return { place, length: code.byteLength };
}

/** Lets the file system find the stub, or nothing, where it found the contents. */
function redirect(memory: Uint8Array, places: Place[], stub: Stub): void {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.byteLength / 4);
  const byAddress = new Map(places.map((place) => [place.address, place]));
  for (let index = HEAP_SEARCH_START / 4; index < words.length; index += 1) {
    const place = byAddress.get(words[index]!);
    if (!place || words[index - 1] !== place.length) continue;
    const isLibrary = place.file.path.endsWith(".rb") && !place.file.loaded;
    words[index - 1] = isLibrary ? stub.length : 0;
    words[index] = stub.place.address;
  }
}
