import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { saveEdits } from "../../../src/course/saved-edits.ts";
import { memoryStorage, type TextStorage } from "../../../src/course/storage.ts";
import { createWorkspace } from "../../../src/workbench/editor/workspace.ts";

const lesson = { slug: "one", title: "One", focus: ["a.rb"], open: "a.rb" };
const files = {
  slug: "one",
  files: { "a.rb": "original a", "b.rb": "original b", "cat.jpg": new Uint8Array([1]) },
  solution: { "a.rb": "solved a", "new.rb": "solved new" },
  check: "",
  variants: { slow: { "a.rb": "slow a" } },
};

let storage: TextStorage;
/** What the sandbox was given, and null for what it was told to delete. */
let written: Record<string, string | null>;

const there = (path: string) => (path in written ? written[path] !== null : path in files.files);
/** As a sandbox's: it refuses to delete what is not there. */
const sandboxFiles = {
  list: () => [...Object.keys(files.files), ...Object.keys(written)].filter(there),
  write: (path: string, content: string | Uint8Array) => void (written[path] = String(content)),
  delete(path: string) {
    if (!there(path)) throw new Error(`There is no file ${path}.`);
    written[path] = null;
  },
};

function open() {
  return createWorkspace({
    lesson,
    files,
    storage,
    target: sandboxFiles,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  storage = memoryStorage();
  written = {};
});
afterEach(() => vi.useRealTimers());

describe("the workspace", () => {
  test("writes what was typed when the typing pauses", () => {
    const workspace = open();
    workspace.change("a.rb", "o");
    vi.advanceTimersByTime(200);
    workspace.change("a.rb", "ok");
    vi.advanceTimersByTime(299);
    expect(written).toEqual({});
    vi.advanceTimersByTime(1);
    expect(written).toEqual({ "a.rb": "ok" });
  });

  test("lays an experiment's files over the learner's, and takes them back", () => {
    const workspace = open();
    workspace.change("a.rb", "mine");
    workspace.applyVariant("slow");
    expect(workspace.text("a.rb")).toBe("slow a");
    expect(written["a.rb"]).toBe("slow a");
    expect(workspace.undoable.value?.label).toBe("The experiment has replaced a.rb.");
    workspace.undo();
    expect(workspace.text("a.rb")).toBe("mine");
    expect(() => workspace.applyVariant("none")).toThrow("no files called none");
  });

  test("keeps edits over a reload", () => {
    const before = open();
    before.change("a.rb", "mine");
    before.dispose();
    expect(open().text("a.rb")).toBe("mine");
  });

  test("resets a file, and takes it back", () => {
    const workspace = open();
    workspace.change("a.rb", "mine");
    workspace.resetFile("a.rb");
    expect(workspace.text("a.rb")).toBe("original a");
    expect(written["a.rb"]).toBe("original a");
    workspace.undo();
    expect(workspace.text("a.rb")).toBe("mine");
    expect(written["a.rb"]).toBe("mine");
  });

  test("applies the solution, and takes it back, new files and all", () => {
    const workspace = open();
    workspace.change("b.rb", "mine");
    workspace.applySolution();
    expect([workspace.text("a.rb"), workspace.text("b.rb")]).toEqual(["solved a", "mine"]);
    expect(written["new.rb"]).toBe("solved new");
    expect(workspace.undoable.value?.label).toBe("The solution has replaced a.rb and new.rb.");
    workspace.undo();
    expect(written["new.rb"]).toBeNull();
    expect(workspace.text("a.rb")).toBe("original a");
  });

  test("typing the original again leaves no edit", () => {
    const workspace = open();
    workspace.change("a.rb", "mine");
    workspace.change("a.rb", "original a");
    expect(workspace.edits.value).toEqual({});
  });

  test("says when the browser will not keep the edits", () => {
    storage.setItem = () => {
      throw new Error("full");
    };
    const workspace = open();
    workspace.change("a.rb", "mine");
    workspace.flush();
    expect(workspace.problem.value).toContain("would not store");
  });

  test("lists text files only", () => {
    expect(open().paths).toEqual(["a.rb", "b.rb"]);
  });

  test("makes, renames and deletes files, and takes each back", () => {
    const workspace = open();
    workspace.create("app/c.rb");
    expect([workspace.active.value, workspace.status("app/c.rb")]).toEqual(["app/c.rb", "A"]);
    workspace.change("app/c.rb", "c");
    workspace.rename("app/c.rb", "app/d.rb");
    expect([written["app/c.rb"], written["app/d.rb"]]).toEqual([null, "c"]);
    expect(workspace.active.value).toBe("app/d.rb");
    workspace.remove("b.rb");
    expect([workspace.status("b.rb"), written["b.rb"]]).toEqual(["D", null]);
    expect(workspace.paths).toEqual(["a.rb", "app/d.rb"]);
    expect(workspace.allPaths).toEqual(["a.rb", "app/d.rb", "b.rb"]);
    workspace.undo();
    expect([workspace.status("b.rb"), written["b.rb"]]).toEqual([null, "original b"]);
    workspace.keep();
    workspace.undo();
    expect([workspace.text("app/c.rb"), workspace.paths.includes("app/d.rb")]).toEqual([
      "c",
      false,
    ]);
  });

  test("refuses names that are no good, as a sentence", () => {
    const workspace = open();
    for (const path of ["", "/etc/x", "../x", "a//b", "a.rb", "cat.jpg", "a.rb/x", "x\0y", ".."]) {
      expect(() => workspace.create(path), path).toThrow(/\.$/);
    }
    expect(workspace.paths).toEqual(["a.rb", "b.rb"]);
  });

  test("has a way back even after the undo, and after more typing", () => {
    const workspace = open();
    workspace.change("a.rb", "mine");
    workspace.resetFile("a.rb");
    workspace.change("a.rb", "typed after the reset");
    workspace.undo();
    expect(workspace.text("a.rb")).toBe("mine");
    workspace.undo();
    expect(workspace.text("a.rb")).toBe("typed after the reset");
  });

  test("keeps deleted files, tabs and the way back over a reload", () => {
    const before = open();
    before.open("b.rb");
    before.remove("a.rb");
    before.dispose();
    const after = open();
    expect([after.paths, after.openPaths.value]).toEqual([["b.rb"], ["b.rb"]]);
    after.undo();
    expect(after.text("a.rb")).toBe("original a");
  });

  test("forgets the kept deletion of a file that the lesson does not have any more", () => {
    saveEdits(storage, "one", { "gone.rb": null, "b.rb": null });
    const workspace = open();
    expect(workspace.allPaths).toEqual(["a.rb", "b.rb"]);
    expect(workspace.status("b.rb")).toBe("D");
    workspace.resetAll();
    workspace.change("a.rb", "mine");
    workspace.flush();
    expect(workspace.problem.value).toBeNull();
    expect(written["a.rb"]).toBe("mine");
  });

  test("closes tabs, but not the last one", () => {
    const workspace = open();
    workspace.open("b.rb");
    workspace.close("b.rb");
    expect(workspace.active.value).toBe("a.rb");
    workspace.close("a.rb");
    expect(workspace.openPaths.value).toEqual(["a.rb"]);
  });

  test("opens another file when the only open one is deleted", () => {
    const workspace = open();
    workspace.remove("a.rb");
    expect(workspace.active.value).toBe("b.rb");
  });
});
