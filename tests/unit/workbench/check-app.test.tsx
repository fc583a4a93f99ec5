// @vitest-environment happy-dom
/** The Check panel and the App panel's request log. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TestResult } from "../../../src/sandbox/sandbox.ts";
import { RequestLog } from "../../../src/workbench/app/RequestLog.tsx";
import { CheckPanel } from "../../../src/workbench/check/CheckPanel.tsx";
import { recordedBench } from "../support/recorded-bench.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";
import { recording } from "./timeline/recording.ts";

let root: HTMLElement;
let made: ReturnType<typeof recordedBench>;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  made = recordedBench();
});
afterEach(async () => {
  render(null, root);
  root.remove();
  await made.bench.dispose();
});

const press = (name: string) =>
  act(() => {
    const found = [...root.querySelectorAll("button")].find(({ textContent }) =>
      textContent.startsWith(name),
    );
    if (!found) throw new Error(`No button is called ${name}: ${root.textContent}`);
    found.click();
  });
const said = (what: string) =>
  vi.waitFor(() => expect(root.querySelector('[role="status"]')?.textContent).toBe(what));
const result = (name: string, part: Partial<TestResult>): TestResult => ({
  ...{ name, status: "passed", message: null, hint: null, location: null },
  ...part,
});

test("Check: says what is not yet right, what to think of, and where", async () => {
  made.commands.check.mockResolvedValueOnce({
    passed: false,
    error: null,
    tests: [
      result("the page answers", {}),
      result("a worker does it", {
        status: "failed",
        hint: "Who runs the job?",
        location: { path: "a.rb", line: 1 },
      }),
      result("twice", { status: "skipped" }),
    ],
  });
  await act(() => render(<CheckPanel bench={made.bench} />, root));
  await said("Runs the lesson's tests on your files, in processes of its own.");
  await press("Check");
  await said("Not yet: 1 of 3 tests failed, 1 could not run yet.");
  expect(root.querySelector(".wb-test-hint")?.textContent).toBe("Who runs the job?");
  await press("a.rb:1");
  expect(made.bench.goTo.value).toMatchObject({ path: "a.rb", line: 1 });
});

test("Check: passed, or not run at all", async () => {
  await act(() => render(<CheckPanel bench={made.bench} />, root));
  made.commands.check.mockResolvedValueOnce({
    passed: true,
    error: null,
    tests: [result("all", {})],
  });
  await press("Check");
  await said("Passed: 1 test.");
  made.commands.check.mockRejectedValueOnce(new Error("The sandbox was stopped."));
  await press("Check");
  await vi.waitFor(() =>
    expect(root.querySelector(".wb-error")?.textContent).toContain("The sandbox was stopped."),
  );
});

test("App: requests with status and duration, the newest first, as they come", async () => {
  const events = fakeEvents();
  await act(() => render(<RequestLog events={events} />, root));
  const finished = recording("race").filter(({ type }) => type === "request.finished");
  expect(finished.length).toBeGreaterThan(0);
  await act(() => {
    for (const { seq: _, ...event } of finished) events.emit(event);
  });
  const rows = [...root.querySelectorAll("li")].map(({ textContent }) => textContent);
  expect(rows).toHaveLength(finished.length);
  expect(rows[0]).toMatch(/(GET|POST) \/\S* 20\d [\d.]+ m?s/);
  expect(root.querySelector("summary")?.textContent).toContain("last: ");
});
