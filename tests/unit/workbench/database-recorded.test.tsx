// @vitest-environment happy-dom
/** The Database panel on what a real sandbox told while a job changed a row: tests/fixtures/record-database.ts. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DatabasePanel } from "../../../src/workbench/database/DatabasePanel.tsx";
import type { SandboxEvent } from "../../../src/sandbox/events.ts";
import { recordedDatabase, RECORDED, type RecordedDatabase } from "../support/recorded-database.ts";

let recorded: RecordedDatabase;
let root: HTMLElement;

beforeEach(async () => {
  // Without a layout every box has no size, and no row would be in sight.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  recorded = await recordedDatabase();
  root = document.body.appendChild(document.createElement("div"));
  render(<DatabasePanel bench={recorded.bench} />, root);
  await seen(() => titles().length === 3);
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
});

const seen = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition(), root.textContent).toBe(true), { timeout: 20_000 });
const rows = () => [...root.querySelectorAll<HTMLElement>("tr[aria-rowindex]")].slice(1);
const titles = () => rows().map((row) => row.children[1]?.textContent);
const lit = () => rows().filter((row) => row.dataset["changed"] !== undefined);
const press = (name: string) =>
  act(() => {
    const found = [...root.querySelectorAll("button")].find(({ textContent }) =>
      textContent.startsWith(name),
    );
    if (!found) throw new Error(`No button is called ${name}: ${root.textContent}`);
    found.click();
  });
async function type(selector: string, text: string) {
  const field = root.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error(`There is no ${selector}`);
  field.value = text;
  await act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
}

const changesPhotos = (event: SandboxEvent) =>
  event.type === "rows.changed" && event.tables.some(({ table }) => table === "photos");
const tablesSeen = () =>
  Object.fromEntries(
    [...root.querySelectorAll(".wb-db-tables li button")].map((button) =>
      [...button.children].map(({ textContent }) => textContent),
    ),
  ) as Record<string, string>;

test("every table of both databases with how many rows it has, and the rows of the app's first one", () => {
  const databases = [...root.querySelectorAll(".wb-db-tables h3")].map((head) => head.textContent);
  expect(databases).toEqual(["primary", "queue"]);
  expect(tablesSeen()).toMatchObject({ photos: "3", solid_queue_jobs: "0" });
  expect(root.querySelector("[aria-current=true]")?.textContent).toBe("photos3");
  expect(titles()).toEqual(["Harbour", "Sea", "Rocks"]);
  expect(rows()[0]?.children[2]?.textContent).toBe("JPEG, 4 B");
  expect(lit()).toEqual([]);
});

test("the job's lock is named while it holds it, and the row that it changed lights up, alone", async () => {
  const status = () => root.querySelector(".wb-db-locks")?.textContent ?? "";
  expect(status()).toBe("Nobody holds a lock to write.");
  act(() =>
    recorded.tellUntil(
      (event) =>
        event.type === "database.locks" && event.locks.some((lock) => lock.database === "primary"),
    ),
  );
  const [jobs] = RECORDED.processes;
  expect(status()).toContain(`primary: jobs-1 (pid ${jobs?.pid}) holds the lock to write since`);
  expect(titles()).toEqual(["Harbour", "Sea", "Rocks"]);

  act(() => recorded.tellUntil(changesPhotos));
  await seen(() => titles()[1] === "Sea by night");
  expect(lit()).toEqual([rows()[1]]);
  expect(rows()[1]?.textContent).toContain("Just changed.");
  act(() => recorded.tellUntil((event) => event.type === "database.locks"));
  expect(status()).toBe("Nobody holds a lock to write.");
});

test("tables of the queue are read again as the job goes through them", async () => {
  await press("solid_queue_jobs");
  await seen(() => root.textContent.includes("There are no rows."));
  act(() => recorded.tellRest());
  await seen(() => rows().length === 1);
  expect(rows()[0]?.textContent).toContain("RetitleJob");
  await seen(() => tablesSeen()["solid_queue_jobs"] === "1");
});

test("a filter keeps rows, also when they change", async () => {
  await type('input[type="search"]', "sea");
  await seen(() => titles().length === 1);
  act(() => recorded.tellRest());
  await seen(() => titles()[0] === "Sea by night");
  await type('input[type="search"]', "harbour");
  await seen(() => titles()[0] === "Harbour");
});

test("the schema says what each column takes", async () => {
  await press("Schema");
  const columns = [...root.querySelectorAll(".wb-db-schema tbody tr")].map((row) =>
    [...row.children].slice(0, 3).map(({ textContent }) => textContent),
  );
  expect(columns).toContainEqual(["title", "varchar", "no"]);
  expect(root.querySelector("pre")?.textContent).toContain('CREATE TABLE "photos"');
});

test("a statement's result, and why one was refused", async () => {
  await press("SQL");
  await type('[aria-label="One statement of SQL"]', "SELECT count(*) AS n, max(title) FROM photos");
  await press("Run");
  await seen(() => root.textContent.includes("1 row returned."));
  const cells = [...root.querySelectorAll(".wb-db-result :is(th, td)")];
  expect(cells.map(({ textContent }) => textContent)).toEqual(["n", "max(title)", "3", "Sea"]);
  await type('[aria-label="One statement of SQL"]', "UPDATE photos SET title = ''");
  await press("Run");
  await seen(() => root.querySelector(".wb-error") !== null);
  expect(root.querySelector(".wb-error")?.textContent).toContain("may only read");
});
