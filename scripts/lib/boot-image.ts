/** Makes public/boot/ from npm's Rails wasm, our Ruby and the base app. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { buildBootImage, type BuildInputs } from "../../src/sandbox/boot-image/build.ts";
import {
  parseManifest,
  type BootFile,
  type BootManifest,
} from "../../src/sandbox/boot-image/manifest.ts";
import { encodeDatabases } from "../../src/sandbox/boot-image/databases.ts";
import { prepareDatabases } from "../../src/sandbox/boot-image/prepare-databases.ts";
import { DatabaseServer } from "../../src/sandbox/database/server.ts";
import { readTree } from "../../src/course/node/read-tree.ts";
import { packXz } from "./xz.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUTPUT = join(ROOT, "public/boot");
const SOURCES = ["process", "boot-image", "database", "frame.ts"];
/** What loads a boot image has no part in it. */
const LOADERS = ["fetch.ts", "kept-files.ts", "read.ts", "unpacked.ts"];

/** `fast` is for work on this machine; `small` is for learners, and takes a minute. */
export type Packing = "fast" | "small";

export interface EnsureOptions {
  packing?: Packing;
  /** Prints a part of a line: one line of progress in all. */
  say?: (text: string) => void;
}

/** Builds the boot image unless it is there already for the same inputs, packed as tightly. */
export async function ensureBootImage({
  packing = "fast",
  say = (text) => process.stdout.write(text),
}: EnsureOptions = {}): Promise<void> {
  const inputs = await readInputs();
  const key = await inputHash(inputs);
  if (upToDate(`${key} small`) || (packing === "fast" && upToDate(`${key} fast`)))
    return say("Rails files: up to date\n");
  const started = performance.now();
  const booted = upToDate(`${key} fast`);
  say(`Rails files: ${booted ? "packing them" : "booting Rails once and keeping its memory"} … `);
  const manifest = booted ? await repack(key) : await write(inputs, `${key} ${packing}`, packing);
  const bytes = filesOf(manifest).reduce((sum, file) => sum + file.bytes, 0);
  const seconds = (performance.now() - started) / 1000;
  say(`${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(0)} s\n`);
}

/** @throws Error naming the files that another build of the same inputs makes differently */
export async function verifyBootImage(): Promise<void> {
  const manifest = readManifest();
  const { image, databases } = await build(await readInputs());
  const again = { code: image.code, memory: image.memory, databases };
  const different = (["code", "memory", "databases"] as const).filter(
    (file) => hashOf(again[file]) !== manifest[file].contentHash,
  );
  if (different.length > 0)
    throw new Error(`Two builds of the same inputs differ in: ${different.join(", ")}`);
  console.log("Another build of the same inputs gave the same bytes.");
}

async function readInputs(): Promise<BuildInputs> {
  const require = createRequire(import.meta.url);
  return {
    railsWasm: readFileSync(require.resolve("@rails-tutorial/wasm/dist/rails.wasm")),
    ruby: await readTree(join(ROOT, "src/sandbox/ruby")),
    baseApp: await readTree(join(ROOT, "src/sandbox/base-app")),
  };
}

async function build(inputs: BuildInputs) {
  const image = await buildBootImage(inputs);
  const versions = { ...image.versions, sqlite: (await DatabaseServer.create()).version };
  const memory = new SharedArrayBuffer(image.memory.byteLength);
  new Uint8Array(memory).set(image.memory);
  const module = await WebAssembly.compile(image.code);
  const booted = { id: "not yet written", module, memory, databases: null, versions };
  const databases = encodeDatabases(await prepareDatabases(booted, inputs.baseApp));
  return { image, databases, versions };
}

async function write(inputs: BuildInputs, stamp: string, packing: Packing): Promise<BootManifest> {
  const { image, databases, versions } = await build(inputs);
  mkdirSync(OUTPUT, { recursive: true });
  const manifest: BootManifest = {
    format: 3,
    code: writeCode(image.code),
    memory: await writePacked("memory", image.memory, packing),
    databases: await writePacked("databases", databases, packing),
    versions,
  };
  finish(manifest, stamp);
  return manifest;
}

/** From `fast` to `small`, without booting Rails again. */
async function repack(key: string): Promise<BootManifest> {
  const fast = readManifest();
  const content = ({ name }: BootFile) => gunzipSync(readFileSync(join(OUTPUT, name)));
  const manifest: BootManifest = {
    ...fast,
    memory: await writePacked("memory", content(fast.memory), "small"),
    databases: await writePacked("databases", content(fast.databases), "small"),
  };
  finish(manifest, `${key} small`);
  return manifest;
}

function finish(manifest: BootManifest, stamp: string): void {
  replaceFile("manifest.json", JSON.stringify(manifest, null, 2));
  replaceFile("inputs.txt", stamp);
  removeOlderFiles(manifest);
}

function readManifest(): BootManifest {
  return parseManifest(JSON.parse(readFileSync(join(OUTPUT, "manifest.json"), "utf8")));
}

const filesOf = ({ code, memory, databases }: BootManifest) => [code, memory, databases];

/** In one step, so that nobody reads half of it. */
function replaceFile(name: string, content: string): void {
  const temporary = join(OUTPUT, `${name}.${process.pid}`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(OUTPUT, name));
}

/** Files of earlier images; not those of the last ten minutes, which a running page may still fetch. */
function removeOlderFiles(manifest: BootManifest): void {
  const files = filesOf(manifest).map(({ name }) => name);
  const kept = ["manifest.json", "inputs.txt", ...files];
  for (const name of readdirSync(OUTPUT).filter((file) => !kept.includes(file))) {
    const path = join(OUTPUT, name);
    if (Date.now() - statSync(path).mtimeMs > 10 * 60_000)
      rmSync(path, { recursive: true, force: true });
  }
}

function writeCode(bytes: Uint8Array): BootFile {
  return place("code", "wasm", bytes, { ...describe(bytes), bytes: gzipSync(bytes).byteLength });
}

async function writePacked(stem: string, bytes: Uint8Array, packing: Packing): Promise<BootFile> {
  const packed = packing === "small" ? await packXz(bytes) : gzipSync(bytes);
  return place(stem, "bin", packed, { ...describe(bytes), bytes: packed.byteLength });
}

function describe(bytes: Uint8Array): Pick<BootFile, "rawBytes" | "contentHash"> {
  return { rawBytes: bytes.byteLength, contentHash: hashOf(bytes) };
}

function place(
  stem: string,
  extension: string,
  content: Uint8Array,
  file: Omit<BootFile, "name">,
): BootFile {
  const name = `${stem}.${hashOf(content).slice(0, 12)}.${extension}`;
  writeFileSync(join(OUTPUT, name), content);
  return { name, ...file };
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function inputHash(from: BuildInputs): Promise<string> {
  const hash = createHash("sha256");
  const sources = await Promise.all(SOURCES.map((path) => sourcesOf(path)));
  hash.update(from.railsWasm);
  for (const tree of [from.ruby, from.baseApp, ...sources]) {
    for (const [path, content] of Object.entries(tree))
      hash.update(`${path}\0`).update(content).update("\0");
  }
  return hash.digest("hex");
}

async function sourcesOf(path: string): Promise<Record<string, string | Uint8Array>> {
  const full = join(ROOT, "src/sandbox", path);
  if (path.endsWith(".ts")) return { [path]: readFileSync(full, "utf8") };
  const tree = Object.entries(await readTree(full));
  return Object.fromEntries(tree.filter(([name]) => !LOADERS.includes(name)));
}

function upToDate(wanted: string): boolean {
  const stamp = join(OUTPUT, "inputs.txt");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) return false;
  return filesOf(readManifest()).every(({ name }) => existsSync(join(OUTPUT, name)));
}
