/**
 * Bundles the program that the WebContainer host runs under Node, into public/webcontainer/: a folder named by
 * the hash of its files, and `files.json`, which says which (the page cannot read folders).
 */
import { createHash } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUTPUT = join(ROOT, "public/webcontainer");
const SOURCE = join(ROOT, "src/sandbox");

/** Files of packages that the program reads beside it. */
const WASM = {
  "sqlite3.wasm": "@sqlite.org/sqlite-wasm/sqlite3.wasm",
  "photon.wasm": "@cf-wasm/photon/photon.wasm",
};

export async function buildWebContainerRunner(): Promise<void> {
  await mkdir(OUTPUT, { recursive: true });
  const folder = await mkdtemp(join(OUTPUT, "new-"));
  await bundle(folder);
  const require = createRequire(import.meta.url);
  for (const [name, from] of Object.entries(WASM))
    await copyFile(require.resolve(from), join(folder, name));
  const files = (await readdir(folder)).sort();
  const name = `runner.${await hashOf(folder, files)}`;
  await rm(join(OUTPUT, name), { recursive: true, force: true });
  await rename(folder, join(OUTPUT, name));
  await writeFile(join(OUTPUT, "files.json"), JSON.stringify({ folder: name, files }));
  for (const other of await readdir(OUTPUT))
    if (![name, "files.json"].includes(other))
      await rm(join(OUTPUT, other), { recursive: true, force: true });
}

function bundle(folder: string): Promise<unknown> {
  return build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: "node20",
      minify: true,
      rollupOptions: {
        input: [
          join(SOURCE, "webcontainer/runner-main.ts"),
          join(SOURCE, "local/process-worker-node.ts"),
          join(SOURCE, "local/database-worker-node.ts"),
        ],
        output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
}

async function hashOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(join(folder, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 12);
}
