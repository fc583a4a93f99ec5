/** The app's files as the container's shell finds them. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalFiles } from "../../src/sandbox/local/files.ts";
import { AppFolder } from "../../src/sandbox/webcontainer/app-folder.ts";

let path: string;
let files: LocalFiles;
let folder: AppFolder;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "app-folder-"));
  files = new LocalFiles(() => undefined);
  folder = new AppFolder(path, files);
});
afterEach(() => rm(path, { recursive: true, force: true }));

async function put(tree: Record<string, string>): Promise<void> {
  files.replace(tree);
  await folder.sync();
}
const text = (name: string) => readFile(join(path, name), "utf8");

test("a file takes the name of a folder that has become empty", async () => {
  await put({ "lib/tools/deep/a.rb": "a", "lib/b.rb": "b" });
  await put({ "lib/tools": "now a file", "lib/b.rb": "b" });
  expect(await text("lib/tools")).toBe("now a file");
  await put({ "lib/b.rb": "b" });
  expect(await readdir(join(path, "lib"))).toEqual(["b.rb"]);
});

test("a folder takes the name of a file", async () => {
  await put({ "lib/tools": "a file" });
  await put({ "lib/tools/a.rb": "a" });
  expect(await text("lib/tools/a.rb")).toBe("a");
});

test("what the shell has put in their places does not keep the files away", async () => {
  await put({ "lib/a.rb": "a" });
  await rm(join(path, "lib"), { recursive: true });
  await writeFile(join(path, "lib"), "not a folder");
  await mkdir(join(path, "config.ru/mine"), { recursive: true });
  await put({ "lib/a.rb": "changed", "config.ru": "run" });
  expect(await text("lib/a.rb")).toBe("changed");
  expect(await text("config.ru")).toBe("run");
});
