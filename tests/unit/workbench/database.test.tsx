// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TestClient } from "../database/client.ts";
import { realDatabase, type RealDatabase } from "../support/real-database.ts";
import { DatabasePanel } from "../../../src/workbench/database/DatabasePanel.tsx";
import type { Bench } from "../../../src/workbench/session/bench.ts";

let real: RealDatabase;
let bench: Bench;
let root: HTMLElement;

beforeEach(async () => {
  // Without a layout every box has no size, and no row would be in sight.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  real = await realDatabase();
  fill(real.process);
  real.tell();
  bench = {
    sandbox: { ...real, clock: { now: () => real.time } },
    asOf: signal<number | null>(null),
    processes: { data: signal([{ pid: 101, name: "jobs-1" }]) },
    startFresh: vi.fn(),
  } as unknown as Bench;
  root = document.body.appendChild(document.createElement("div"));
  render(<DatabasePanel bench={bench} />, root);
  await until(() => rows().length > 0);
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
});

function fill(process: TestClient): void {
  process.rows("CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, size REAL, bytes BLOB)");
  process.rows(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
     INSERT INTO notes (title, size, bytes) SELECT 'note ' || i, i / 2.0, x'ffd8ff00' FROM n`,
  );
  process.rows("UPDATE notes SET title = NULL, bytes = NULL WHERE id = 1");
  process.rows("UPDATE notes SET title = ? WHERE id = 2", ["long ".repeat(100)]);
}

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000 });
const rows = () => [...root.querySelectorAll<HTMLElement>("tr[aria-rowindex]")].slice(1);
const text = () => rows().map((row) => [...row.children].map((cell) => cell.textContent));
const button = (name: string) =>
  [...root.querySelectorAll("button")].find((candidate) =>
    (candidate.getAttribute("aria-label") ?? candidate.textContent).startsWith(name),
  ) as HTMLButtonElement;
const click = (name: string) => act(() => button(name).click());

test("of 10,000 rows only those in sight are in the page, their values as they are", () => {
  expect(root.querySelector("table")?.getAttribute("aria-rowcount")).toBe("10001");
  expect(rows().length).toBeLessThan(60);
  expect(text()[0]).toEqual(["1", "NULL", "0.5", "NULL"]);
  expect(text()[1]?.[1]).toMatch(/^long long .*…$/);
  expect(text()[2]).toEqual(["3", "note 3", "1.5", "JPEG, 4 B"]);
});

test("a head sorts by its column: up, down, as it comes", async () => {
  const head = () => root.querySelector("th:nth-child(3)");
  await click("sizereal");
  await click("sizereal");
  expect(head()?.getAttribute("aria-sort")).toBe("descending");
  await until(() => text()[0]?.[0] === "10000");
  await click("sizereal");
  expect(head()?.getAttribute("aria-sort")).toBe("none");
  await until(() => text()[0]?.[0] === "1");
});

test("a filter keeps the rows that hold the value", async () => {
  const field = root.querySelector<HTMLInputElement>('input[type="search"]');
  await act(() => {
    if (field) field.value = "note 777";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await until(() => text().length === 11);
  expect(text()[0]?.[1]).toBe("note 777");
});

test("rows that a process has just changed light up, each time anew", async () => {
  const mark = () => rows()[2]?.dataset["changed"];
  const marks: unknown[] = [];
  for (const title of ["once", "twice"]) {
    real.process.rows("UPDATE notes SET title = ? WHERE id = 3", [title]);
    act(() => real.tell());
    await until(() => text()[2]?.[1] === title || text()[2]?.[1] === undefined);
    await until(() => rows()[2]?.textContent.includes(title) === true);
    marks.push(mark());
  }
  expect(new Set(marks)).toEqual(new Set(["a", "b"]));
  expect(rows().filter((row) => row.dataset["changed"])).toHaveLength(1);
  expect(rows()[2]?.textContent).toContain("Just changed.");
});

test("an earlier moment shows the rows as they were, and cannot be written", async () => {
  real.time = 2_000;
  real.process.rows("UPDATE notes SET title = 'later' WHERE id = 3");
  act(() => real.tell());
  await until(() => rows()[2]?.textContent.includes("later") === true);
  await click("Earlier change");
  expect(bench.asOf.value).toBeCloseTo(2_000, 1);
  await until(() => text()[2]?.[1] === "note 3");
  expect(root.textContent).toContain("Tables as of");
  expect(root.textContent).not.toContain("a lock to write"); // that would be of now
  await click("SQL");
  expect(root.textContent).toContain("The past can only be read.");
  await click("Back to now");
  await click("Rows");
  await until(() => rows()[2]?.textContent.includes("later") === true);
});

test("who holds the lock to write is named", async () => {
  real.process.rows("BEGIN IMMEDIATE");
  await act(() => real.tell());
  expect(root.textContent).toContain("primary: jobs-1 (pid 101) holds the lock to write since");
  real.process.rows("COMMIT");
  await act(() => real.tell());
  expect(root.textContent).toContain("Nobody holds a lock to write.");
});

test("a long value is shown whole, and Escape gives the focus back", async () => {
  const more = button("long long");
  await act(() => more.click());
  const value = () => root.querySelector(".wb-db-value");
  await until(() => value()?.querySelector("pre")?.textContent.length === 500);
  await act(() => {
    value()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  });
  expect(value()).toBeNull();
  expect(document.activeElement).toBe(more);
});

test("SQL only reads, until the switch is flipped", async () => {
  await click("SQL");
  const line = root.querySelector<HTMLInputElement>('input[aria-label="One statement of SQL"]');
  await act(() => {
    if (line) line.value = "DELETE FROM notes WHERE id > 5";
    line?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await click("Run");
  await until(() => root.textContent.includes("Here a statement may only read"));
  await act(() => root.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click());
  await click("Run");
  await until(() => root.textContent.includes("0 rows returned, 9,995 rows changed."));
  expect(real.process.rows("SELECT count(*) FROM notes")).toEqual([[5]]);
});

test("the schema has columns and statements", async () => {
  await click("Schema");
  expect(root.querySelector("pre")?.textContent).toMatch(/^CREATE TABLE notes \(id INTEGER/);
});
