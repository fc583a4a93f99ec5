// @vitest-environment happy-dom
/** The panel on a recorded race, as a learner handles it by keyboard. */
import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SandboxEvent } from "../../../../src/sandbox/events.ts";
import type { Bench } from "../../../../src/workbench/session/bench.ts";
import { HEAD } from "../../../../src/workbench/timeline/draw/frame.ts";
import { TimelinePanel } from "../../../../src/workbench/timeline/TimelinePanel.tsx";
import { recording } from "./recording.ts";

const events = recording("race");
const listeners = new Set<(event: SandboxEvent) => void>();
const asOf = signal<number | null>(null);
const shown: string[] = [];
const single = signal(false);

const bench = {
  sandbox: {
    events: {
      history: () => events,
      subscribe(listener: (event: SandboxEvent) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    clock: { now: () => (events.at(-1)?.time ?? 0) + 5000, offset: () => 0 },
  },
  layout: { isVisible: () => true, single },
  asOf,
  showJob: (id: string) => shown.push(`job ${id}`),
  showInEditor: ({ path, line }: { path: string; line: number }) => shown.push(`${path}:${line}`),
} as unknown as Bench;

const panel = () => document.querySelector<HTMLElement>(".tl-panel") ?? document.body;
const drawing = () => panel().querySelector<HTMLElement>(".tl-drawing") ?? document.body;
const button = (name: string) =>
  [...panel().querySelectorAll("button")].find(
    (element) => (element.getAttribute("aria-label") ?? element.textContent) === name,
  );
const press = (target: Element | null | undefined, key: string) =>
  act(() => void target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
const marks = () => [...panel().querySelectorAll<SVGElement>("[data-mark]")];

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(760);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(250);
  act(() => render(<TimelinePanel bench={bench} />, document.body));
});
afterEach(() => {
  act(() => render(null, document.body));
  vi.restoreAllMocks();
  shown.length = 0;
  asOf.value = null;
  expect(listeners.size).toBe(0);
});

test("the head says what the run shows, in a status", () => {
  const status = panel().querySelector("[role=status]");
  expect(status?.textContent).toMatch(/^The job ran \d+ ms before the photo was committed\.$/);
});

test("the drawing says the words of the race", () => {
  const words = [...panel().querySelectorAll("svg text")].map((text) => text.textContent);
  expect(words).toContain("COMMIT");
  expect(words).toContain("SELECT: 0 rows");
  expect(words).toContain("photo 1: only web can see it");
  expect(words.some((word) => /ms too early$/.test(word ?? ""))).toBe(true);
});

test("every mark has a name, and one of them can be reached by Tab", () => {
  expect(marks().length).toBeGreaterThanOrEqual(4);
  for (const mark of marks()) expect(mark.getAttribute("aria-label")).not.toBe("");
  expect(marks().filter((mark) => mark.getAttribute("tabindex") === "0")).toHaveLength(1);
});

test("Enter on the job shows it in Jobs; its card has the line that enqueued it", () => {
  const job = marks().find((mark) => mark.dataset["mark"]?.startsWith("job "));
  press(job, "Enter");
  expect(shown).toEqual([expect.stringMatching(/^job [0-9a-f-]{36}$/)]);
  const line = [...panel().querySelectorAll<HTMLButtonElement>(".tl-card button")].at(-1);
  expect(line?.textContent).toMatch(/^photo\.rb:\d+$/);
  act(() => line?.click());
  expect(shown[1]).toMatch(/^app\/models\/photo\.rb:\d+$/);
});

test("keys zoom and pan, and 0 fits the latest run again", () => {
  const before = panel().querySelector(".tl-picture")?.innerHTML;
  press(drawing(), "+");
  expect(button("Pause")?.getAttribute("aria-pressed")).toBe("true");
  expect(panel().querySelector(".tl-picture")?.innerHTML).not.toBe(before);
  press(drawing(), "ArrowRight");
  press(drawing(), "0");
  expect(button("Latest run")?.getAttribute("aria-pressed")).toBe("true");
  expect(panel().querySelector(".tl-picture")?.innerHTML).toBe(before);
});

test("the cursor sets the moment at which tables are shown, and there is a way back", () => {
  const slider = panel().querySelector("[role=slider]");
  expect(slider?.getAttribute("aria-valuetext")).toBe("now");
  press(slider, "Home");
  const from = asOf.value ?? NaN;
  expect(from).toBeLessThan(events.at(-1)?.time ?? 0);
  press(slider, "PageDown");
  expect(asOf.value).toBeGreaterThan(from);
  const back = [...panel().querySelectorAll("button")].find((element) =>
    element.textContent?.startsWith("Back to now"),
  );
  act(() => back?.click());
  expect(asOf.value).toBeNull();
});

test("the same run as a table", () => {
  act(() => button("Table")?.click());
  const rows = [...panel().querySelectorAll("tbody tr")].map((row) => row.textContent);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.some((row) => row?.includes("SELECT finds no photo"))).toBe(true);
});

test("the grip at now never lies over the word COMMIT", () => {
  const covered: string[] = [];
  let seen = 0;
  for (let step = 0; step < 12; step++) {
    const flag = panel().querySelector(".tl-flag.commit rect");
    const grip = panel().querySelector<HTMLElement>(".tl-cursor");
    const from = Number(flag?.getAttribute("x") ?? NaN);
    const until = from + Number(flag?.getAttribute("width") ?? NaN);
    const at = parseFloat(grip?.style.left ?? "") - HEAD.wide;
    if (flag) seen++;
    if (at + 5 > from && at - 5 < until) covered.push(`${from} to ${until} by ${at}`);
    press(drawing(), "ArrowLeft"); // so that the COMMIT goes to the right, where the grip is
  }
  expect(seen).toBeGreaterThan(1);
  expect(covered).toEqual([]);
});
