import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTree, encodeTree } from "../../../src/course/encode.ts";
import { changedPaths, overlay } from "../../../src/course/file-tree.ts";

const tree = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,4}\/[a-z]{1,4}\.rb$/),
  fc.oneof(fc.string(), fc.uint8Array()),
  { noNullPrototype: true },
);

describe("overlay", () => {
  test("a later tree's file replaces an earlier one's", () => {
    expect(overlay({ a: "base", b: "base" }, { b: "app" }, { c: "solution" })).toEqual({
      a: "base",
      b: "app",
      c: "solution",
    });
  });

  test("what is laid on top is always there", () => {
    fc.assert(
      fc.property(tree, tree, (below, above) => {
        expect(overlay(below, above)).toMatchObject(above);
        expect(changedPaths(overlay(below, above), above)).toEqual([]);
      }),
    );
  });
});

test("changed paths are those with other content", () => {
  const original = { a: "1", b: new Uint8Array([1]), c: "3" };
  const changed = { a: "2", b: new Uint8Array([1]), d: "new" };
  expect(changedPaths(original, changed)).toEqual(["a", "d"]);
});

test("a tree survives JSON, bytes and all", () => {
  fc.assert(
    fc.property(tree, (files) => {
      expect(decodeTree(JSON.parse(JSON.stringify(encodeTree(files))))).toEqual(files);
    }),
  );
});
