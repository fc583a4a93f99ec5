import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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
let written: Record<string, string | null>;

function open() {
  return createWorkspace({
    lesson,
    files,
    storage,
    target: {
      write: (path, content) => void (written[path] = String(content)),
      delete: (path) => void (written[path] = null),
    },
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
    expect(open().paths).toEqual(["a.rb", "b.rb", "new.rb"]);
  });
});
