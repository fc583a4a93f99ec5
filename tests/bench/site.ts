/** Builds the benchmark's page as the site is built, and serves it as a good host would. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "vite";
import { serveStatic, type StaticServer } from "../../scripts/lib/static-server.ts";
import { encodeTree } from "../../src/course/encode.ts";
import { readTree } from "../../src/course/node/read-tree.ts";

export const RAILS_WASM = createRequire(import.meta.url).resolve(
  "@rails-tutorial/wasm/dist/rails.wasm",
);

export async function serveBenchPage(): Promise<StaticServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "perform-later-bench-"));
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, "page"),
    publicDir: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: false, target: "es2022" },
  });
  await symlink(path.resolve("public/boot"), path.join(folder, "boot"), "junction");
  await symlink(RAILS_WASM, path.join(folder, "rails.wasm"));
  const baseApp = encodeTree(await readTree("src/sandbox/base-app"));
  await writeFile(path.join(folder, "base-app.json"), JSON.stringify(baseApp));
  const server = await serveStatic(folder, 0, { compress: true, immutable: ["/rails.wasm"] });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
