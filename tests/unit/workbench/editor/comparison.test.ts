import { expect, test } from "vitest";
import { memoryStorage } from "../../../../src/course/storage.ts";
import {
  compareWithShared,
  compareWithSolution,
  compareWithStarter,
} from "../../../../src/workbench/editor/comparison.ts";
import { shortName } from "../../../../src/workbench/editor/FileTabs.tsx";
import { createWorkspace } from "../../../../src/workbench/editor/workspace.ts";

const workspace = () =>
  createWorkspace({
    lesson: { slug: "one", title: "One", focus: ["a.rb"], open: "a.rb" },
    files: {
      slug: "one",
      files: { "a.rb": "starter", "b.rb": "b" },
      solution: { "a.rb": "solved", "b.rb": "b" },
      check: "",
      variants: {},
    },
    storage: memoryStorage(),
    target: { list: () => [], write: () => undefined, delete: () => undefined },
  });

test("the starter is compared with what the learner changed", () => {
  const files = workspace();
  expect(compareWithStarter(files).paths).toEqual([]);
  files.change("a.rb", "mine");
  files.create("new.rb");
  const comparison = compareWithStarter(files);
  expect(comparison.paths).toEqual(["a.rb", "new.rb"]);
  expect(comparison.sides("a.rb")).toEqual({ left: "starter", right: "mine" });
  expect(comparison.apply).toBeNull();
});

test("the solution lists only what it would change, and can be used", () => {
  const files = workspace();
  const comparison = compareWithSolution(files);
  expect(comparison.paths).toEqual(["a.rb"]);
  expect(comparison.apply?.question).toContain("this file");
  comparison.apply?.run();
  expect(compareWithSolution(files).paths).toEqual([]);
  files.undo();
  expect(files.text("a.rb")).toBe("starter");
});

test("shared code is compared with the learner's, and takes its place only when asked", () => {
  const files = workspace();
  files.change("b.rb", "my b");
  const comparison = compareWithShared(files, { "a.rb": "theirs", "gone.rb": null });
  expect(comparison.paths).toEqual(["a.rb", "b.rb"]);
  expect(comparison.sides("b.rb")).toEqual({ left: "my b", right: "b" });
  expect(files.text("a.rb")).toBe("starter");
  comparison.apply?.run();
  expect([files.text("a.rb"), files.text("b.rb")]).toEqual(["theirs", "b"]);
  files.undo();
  expect([files.text("a.rb"), files.text("b.rb")]).toEqual(["starter", "my b"]);
});

test("a tab is as short as it can be", () => {
  const open = ["app/views/photos/index.html.erb", "app/views/tags/index.html.erb", "Gemfile"];
  expect(open.map((path) => shortName(path, open))).toEqual([
    "photos/index.html.erb",
    "tags/index.html.erb",
    "Gemfile",
  ]);
});
