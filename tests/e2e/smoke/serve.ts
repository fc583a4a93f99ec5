/** Builds the smoke page as the site is built, and serves it with the site's headers. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "vite";
import { serveStatic, type StaticServer } from "../../../scripts/lib/static-server.ts";
import { encodeTree } from "../../../src/course/encode.ts";
import { readTree } from "../../../src/course/node/read-tree.ts";

export async function serveSmokePage(): Promise<StaticServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "perform-later-smoke-"));
  await build({
    configFile: false,
    root: import.meta.dirname,
    publicDir: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: false },
  });
  await symlink(path.resolve("public/boot"), path.join(folder, "boot"), "junction");
  const baseApp = encodeTree(await readTree("src/sandbox/base-app"));
  await writeFile(path.join(folder, "base-app.json"), JSON.stringify(baseApp));
  const server = await serveStatic(folder);
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
