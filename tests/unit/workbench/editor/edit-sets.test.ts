import { expect, test } from "vitest";
import { writeEdits } from "../../../../src/workbench/editor/edit-sets.ts";

test("edits are written: files that go make room for folders of their name", () => {
  const done: string[] = [];
  const target = {
    list: () => ["lib/a", "b.rb"],
    write: (path: string, text: string | Uint8Array) => done.push(`${path}: ${String(text)}`),
    delete: (path: string) => done.push(`${path} deleted`),
  };
  const written: string[] = [];
  writeEdits(target, { "lib/a/b.rb": "1", "lib/a": null, "c.rb": "" }, (path) =>
    written.push(path),
  );
  expect(done).toEqual(["lib/a deleted", "lib/a/b.rb: 1", "c.rb: "]);
  expect(written).toEqual(["lib/a", "lib/a/b.rb", "c.rb"]);
});

test("what the sandbox did not take is not told as written", () => {
  const written: string[] = [];
  const target = {
    list: () => [],
    write: (path: string) => {
      if (path === "b.rb") throw new Error("full");
    },
    delete: () => undefined,
  };
  const edits = { "a.rb": "1", "b.rb": "2", "c.rb": "3" };
  expect(() => writeEdits(target, edits, (path) => written.push(path))).toThrow("full");
  expect(written).toEqual(["a.rb"]);
});

test("a file to delete may be gone already", () => {
  const target = {
    list: () => ["b.rb"],
    write: () => undefined,
    delete: (path: string) => {
      if (path !== "b.rb") throw new Error(`There is no file ${path}.`);
    },
  };
  const written: string[] = [];
  writeEdits(target, { "a.rb": null, "b.rb": null }, (path) => written.push(path));
  expect(written).toEqual(["a.rb", "b.rb"]);
});
