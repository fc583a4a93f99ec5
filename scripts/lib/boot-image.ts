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
import { gzipSync } from "node:zlib";
import { buildBootImage, type BuildInputs } from "../../src/sandbox/boot-image/build.ts";
import {
  parseManifest,
  type BootFile,
  type BootManifest,
} from "../../src/sandbox/boot-image/manifest.ts";
import { DatabaseServer } from "../../src/sandbox/database/server.ts";
import { readTree } from "../../src/course/node/read-tree.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUTPUT = join(ROOT, "public/boot");
const SOURCES = ["process", "boot-image", "frame.ts"];

/**
 * Builds the boot image unless it is there already for the same inputs.
 * @param say prints a part of a line: one line of progress in all
 */
export async function ensureBootImage(
  say: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  const inputs = await readInputs();
  const key = await inputHash(inputs);
  if (upToDate(key)) return say("Rails files: up to date\n");
  const started = performance.now();
  say("Rails files: booting Rails once and keeping its memory … ");
  const manifest = await write(inputs, key);
  const megabytes = ((manifest.code.bytes + manifest.memory.bytes) / 1e6).toFixed(1);
  say(`${megabytes} MB in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}

async function readInputs(): Promise<BuildInputs> {
  const require = createRequire(import.meta.url);
  return {
    railsWasm: readFileSync(require.resolve("@rails-tutorial/wasm/dist/rails.wasm")),
    ruby: await readTree(join(ROOT, "src/sandbox/ruby")),
    baseApp: await readTree(join(ROOT, "src/sandbox/base-app")),
  };
}

async function write(inputs: BuildInputs, inputKey: string): Promise<BootManifest> {
  const image = await buildBootImage(inputs);
  mkdirSync(OUTPUT, { recursive: true });
  const manifest: BootManifest = {
    format: 1,
    code: writeFile("code", image.code),
    memory: writeFile("memory", image.memory),
    versions: { ...image.versions, sqlite: (await DatabaseServer.create()).version },
  };
  replaceFile("manifest.json", JSON.stringify(manifest, null, 2));
  replaceFile("inputs.txt", inputKey);
  removeOlderFiles(manifest);
  return manifest;
}

/** In one step, so that nobody reads half of it. */
function replaceFile(name: string, content: string): void {
  const temporary = join(OUTPUT, `${name}.${process.pid}`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(OUTPUT, name));
}

/** Files of earlier images; not those of the last ten minutes, which a running page may still fetch. */
function removeOlderFiles(manifest: BootManifest): void {
  const kept = ["manifest.json", "inputs.txt", manifest.code.name, manifest.memory.name];
  for (const name of readdirSync(OUTPUT).filter((file) => !kept.includes(file))) {
    const path = join(OUTPUT, name);
    if (Date.now() - statSync(path).mtimeMs > 10 * 60_000) rmSync(path, { force: true });
  }
}

function writeFile(stem: string, bytes: Uint8Array): BootFile {
  const compressed = gzipSync(bytes, { level: 9 });
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const name = `${stem}.${hash}.bin`;
  writeFileSync(join(OUTPUT, name), compressed);
  return { name, bytes: compressed.byteLength, rawBytes: bytes.byteLength };
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
  return path.endsWith(".ts") ? { [path]: readFileSync(full, "utf8") } : readTree(full);
}

function upToDate(inputKey: string): boolean {
  const stamp = join(OUTPUT, "inputs.txt");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== inputKey) return false;
  const manifest = parseManifest(JSON.parse(readFileSync(join(OUTPUT, "manifest.json"), "utf8")));
  return [manifest.code, manifest.memory].every((file) => existsSync(join(OUTPUT, file.name)));
}
