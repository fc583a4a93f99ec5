import { strFromU8, unzipSync } from "fflate";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { readTree } from "../../../src/course/node/read-tree.ts";
import { createSyntaxCheck } from "../../../src/workbench/editor/syntax/prism.ts";
import { nativeFiles } from "../../../src/workbench/export/native-files.ts";
import { zipApp } from "../../../src/workbench/export/zip.ts";

const base = await readTree("src/sandbox/base-app");

test("the zip holds the learner's app and all that Rails needs on a machine", () => {
  const app = { ...base, "app/models/photo.rb": "# mine" };
  const zip = unzipSync(zipApp(app, nativeFiles(), "photos"));
  const text = (path: string) => strFromU8(zip[`photos/${path}`] ?? new Uint8Array());
  expect(text("app/models/photo.rb")).toBe("# mine");
  expect(text("Gemfile")).toMatch(/gem "rails", "~> 8\.0\.2"/);
  expect(text("Gemfile")).toMatch(/gem "solid_queue", "1\.1\.0"/);
  expect(text("bin/rails")).toContain("rails/commands");
  expect(Object.keys(zip)).toEqual(
    expect.arrayContaining(
      [
        ".gitignore",
        "README.md",
        "Rakefile",
        "bin/dev",
        "bin/jobs",
        "bin/rake",
        "bin/setup",
        "config.ru",
        "config/boot.rb",
        "config/database.yml",
        "config/environment.rb",
        "config/initializers/photon.rb",
        "db/queue_schema.rb",
        "lib/photon.rb",
        "storage/.keep",
        "test/fixtures/files/sunset.jpg",
      ].map((path) => `photos/${path}`),
    ),
  );
  expect(zip["photos/test/fixtures/files/sunset.jpg"]).toEqual(
    base["test/fixtures/files/sunset.jpg"],
  );
});

test("what is in bin/ may be run, and equal apps make equal zips", () => {
  const zip = zipApp(base, nativeFiles(), "photos");
  expect(modes(zip)["photos/bin/setup"]).toBe(0o100755);
  expect(modes(zip)["photos/Gemfile"]).toBe(0o100644);
  expect(zipApp(base, nativeFiles(), "photos")).toEqual(zip);
});

test("every Ruby file of the zip can be parsed", async () => {
  const wasm = createRequire(import.meta.url).resolve("@ruby/prism/src/prism.wasm");
  const check = await createSyntaxCheck(await WebAssembly.compile(await readFile(wasm)));
  const ruby = Object.entries({ ...base, ...nativeFiles() }).filter(
    (entry): entry is [string, string] =>
      /\.rb$|^bin\/|^(Gemfile|Rakefile|config\.ru)$/.test(entry[0]) && typeof entry[1] === "string",
  );
  expect(ruby.length).toBeGreaterThan(20);
  for (const [path, source] of ruby) {
    const errors = check(source, "ruby").filter(({ severity }) => severity === "error");
    expect(errors, path).toEqual([]);
  }
});

/** Unix modes from the zip's central directory (APPNOTE 4.3.12), by file name. */
function modes(zip: Uint8Array): Record<string, number> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const found: Record<string, number> = {};
  for (let at = 0; at + 46 <= zip.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = zip.subarray(at + 46, at + 46 + view.getUint16(at + 28, true));
    found[strFromU8(name)] = view.getUint32(at + 38, true) >>> 16;
  }
  return found;
}
