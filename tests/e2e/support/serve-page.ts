/** Builds a page of the tests as the site is built, and serves it with the site's headers, its boot image and base app. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, type Plugin } from "vite";
import { serveStatic, type StaticServer } from "../../../scripts/lib/static-server.ts";
import { encodeTree } from "../../../src/course/encode.ts";
import { readTree } from "../../../src/course/node/read-tree.ts";

/** @param root the folder of the page's index.html */
export async function servePage(root: string, plugins: Plugin[] = []): Promise<StaticServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "perform-later-page-"));
  await build({
    configFile: false,
    root,
    plugins,
    publicDir: false,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: false },
  });
  for (const name of ["boot", "webcontainer"])
    await symlink(path.resolve("public", name), path.join(folder, name), "junction");
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
