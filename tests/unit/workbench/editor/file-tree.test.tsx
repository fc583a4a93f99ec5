// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryStorage } from "../../../../src/course/storage.ts";
import { FileTree } from "../../../../src/workbench/editor/FileTree.tsx";
import { createWorkspace, type Workspace } from "../../../../src/workbench/editor/workspace.ts";

let workspace: Workspace;
let root: HTMLElement;
const onChoose = vi.fn();

beforeEach(async () => {
  workspace = createWorkspace({
    lesson: { slug: "one", title: "One", focus: ["app/a.rb"], open: "app/a.rb" },
    files: {
      slug: "one",
      files: { "app/a.rb": "a", "config/b.yml": "b", Gemfile: "" },
      solution: {},
      check: "",
      variants: {},
    },
    storage: memoryStorage(),
    target: { list: () => [], write: () => undefined, delete: () => undefined },
  });
  root = document.body.appendChild(document.createElement("div"));
  await act(() => render(<FileTree workspace={workspace} onChoose={onChoose} />, root));
});
afterEach(() => {
  render(null, root);
  root.remove();
});

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')];
const row = (path: string) => rows().find((each) => each.dataset["path"] === path);
const press = (path: string, key: string) =>
  act(() => {
    row(path)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });

describe("the file tree", () => {
  test("opens the folders of the lesson's files, and marks them", () => {
    expect(rows().map((each) => each.dataset["path"])).toEqual([
      "app",
      "app/a.rb",
      "config",
      "Gemfile",
    ]);
    expect(row("app/a.rb")?.textContent).toContain("in this lesson");
    expect(row("app")?.getAttribute("aria-expanded")).toBe("true");
    expect(rows().filter((each) => each.tabIndex === 0)).toEqual([row("app/a.rb")]);
  });

  test("says in a word and a letter what was done to a file", async () => {
    await act(() => workspace.change("app/a.rb", "mine"));
    expect(row("app/a.rb")?.dataset["status"]).toBe("M");
    expect(row("app/a.rb")?.textContent).toContain("changed");
    await act(() => workspace.remove("Gemfile"));
    expect(row("Gemfile")?.dataset["status"]).toBe("D");
  });

  test("unfolds, chooses and deletes by keyboard", async () => {
    await act(() => row("config")?.click());
    await press("config", "ArrowRight");
    expect(document.activeElement).toBe(row("config/b.yml"));
    await press("config/b.yml", "Enter");
    expect(workspace.active.value).toBe("config/b.yml");
    expect(onChoose).toHaveBeenCalled();
    await press("config/b.yml", "Delete");
    expect(workspace.status("config/b.yml")).toBe("D");
  });

  test("asks for the path of a new file, and says why one will not do", async () => {
    await act(() => document.querySelector<HTMLElement>('[aria-label="New file"]')?.click());
    const field = document.querySelector<HTMLInputElement>('[aria-label="Path of the new file"]');
    if (!field) throw new Error("no field");
    expect(field.value).toBe("app/");
    field.value = "app/a.rb";
    await act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
    await act(() => void field.form?.dispatchEvent(new Event("submit", { cancelable: true })));
    expect(document.querySelector("#wb-path-problem")?.textContent).toContain("already");
  });
});
