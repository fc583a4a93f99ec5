/** Bundles the program that the WebContainer host runs under Node, into public/webcontainer/. */
import { copyFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUTPUT = join(ROOT, "public/webcontainer");
const SOURCE = join(ROOT, "src/sandbox");

/** The list of the files is `files.json`: the page cannot read folders. */
export async function buildWebContainerRunner(): Promise<void> {
  await rm(OUTPUT, { recursive: true, force: true });
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: OUTPUT,
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
  const require = createRequire(import.meta.url);
  const wasm = {
    "sqlite3.wasm": "@sqlite.org/sqlite-wasm/sqlite3.wasm",
    "photon.wasm": "@cf-wasm/photon/photon.wasm",
  };
  for (const [name, from] of Object.entries(wasm))
    await copyFile(require.resolve(from), join(OUTPUT, name));
  const files = (await readdir(OUTPUT)).sort();
  await writeFile(join(OUTPUT, "files.json"), JSON.stringify(files));
}
