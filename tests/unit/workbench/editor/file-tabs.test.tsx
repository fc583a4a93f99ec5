// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryStorage } from "../../../../src/course/storage.ts";
import { FileTabs } from "../../../../src/workbench/editor/FileTabs.tsx";
import { createWorkspace } from "../../../../src/workbench/editor/workspace.ts";

const PATHS = ["app/a.rb", "app/b.rb", "app/c.rb"];
const WIDTH = 100;
/** Of the row, in px. */
let width: number;
let resized: () => void;
let root: HTMLElement;

beforeEach(() => {
  width = 150;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      readonly #listener: () => void;
      constructor(listener: () => void) {
        this.#listener = listener;
      }
      observe(element: Element) {
        if (element.matches(".wb-files")) resized = this.#listener;
      }
      disconnect() {}
    },
  );
  root = document.body.appendChild(document.createElement("div"));
  // Tabs of 100 px in a row of 150: nothing is laid out here.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (
    this: HTMLElement,
  ) {
    if (this.matches(".wb-files")) return new DOMRect(0, 0, width, 34);
    const place = [...(this.parentElement?.children ?? [])].indexOf(this);
    return new DOMRect(place * WIDTH - (this.parentElement?.scrollLeft ?? 0), 0, WIDTH, 34);
  });
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("the tab of the shown file is in sight, however many are open", async () => {
  const workspace = createWorkspace({
    lesson: { slug: "one", title: "One", focus: PATHS, open: "app/a.rb" },
    files: {
      ...{ slug: "one", solution: {}, check: "", variants: {} },
      files: Object.fromEntries(PATHS.map((path) => [path, ""])),
    },
    storage: memoryStorage(),
    target: { list: () => [], write: () => undefined, delete: () => undefined },
  });
  for (const path of PATHS) workspace.open(path);
  await act(() => render(<FileTabs workspace={workspace} />, root));
  const scrolled = () => root.querySelector(".wb-files")?.scrollLeft;
  expect(scrolled()).toBe(150);
  await act(() => workspace.open("app/a.rb"));
  expect(scrolled()).toBe(0);
  await act(() => workspace.open("app/b.rb"));
  expect(scrolled()).toBe(50);
  width = 120;
  resized();
  expect(scrolled()).toBe(80);
  workspace.dispose();
});
