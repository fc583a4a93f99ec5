// @vitest-environment happy-dom
/** The Check panel and the App panel's request log, on what a real sandbox gave. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AddressBar } from "../../../src/workbench/app/AddressBar.tsx";
import { AppPanel } from "../../../src/workbench/app/AppPanel.tsx";
import { createAppBrowser } from "../../../src/workbench/app/browser.ts";
import { RequestLog } from "../../../src/workbench/app/RequestLog.tsx";
import { CheckPanel } from "../../../src/workbench/check/CheckPanel.tsx";
import { PANELS, recordedBench } from "../support/recorded-bench.ts";
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

test("Check: says what is not yet right, and what to think of", async () => {
  made.commands.check.mockResolvedValueOnce(PANELS.checks.starter);
  await act(() => render(<CheckPanel bench={made.bench} />, root));
  await said("Runs the lesson's tests on your files, in processes of its own.");
  await press("Check");
  await said("Not yet: 2 of 5 tests failed, 2 could not run yet.");
  const marks = [...root.querySelectorAll(".wb-state")].map(({ textContent }) => textContent);
  expect(marks).toEqual(["failed", "skipped", "skipped", "passed", "failed"]);
  expect(root.querySelectorAll(".wb-test-hint")).toHaveLength(2);
  expect(root.textContent).toContain("A rejected upload was answered with status 200");
  // The check's own lines lead nowhere: its file is not the learner's.
  expect(root.textContent).not.toContain("check.rb:");
});

test("Check: a file that Ruby cannot read is named, and its line opened", async () => {
  made.commands.check.mockResolvedValueOnce(PANELS.checks.unreadable);
  await act(() => render(<CheckPanel bench={made.bench} />, root));
  await press("Check");
  await said("The tests could not run.");
  await press("app/jobs/photo_processing_job.rb:3");
  expect(made.bench.goTo.value).toMatchObject({
    path: "app/jobs/photo_processing_job.rb",
    line: 3,
  });
});

test("Check: passed, or not run at all", async () => {
  await act(() => render(<CheckPanel bench={made.bench} />, root));
  made.commands.check.mockResolvedValueOnce(PANELS.checks.solution);
  await press("Check");
  await said("Passed: 5 tests.");
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

const addressField = () => root.querySelector("#wb-address") as HTMLInputElement;

async function go(address: string) {
  addressField().value = address;
  await act(() => void addressField().dispatchEvent(new Event("input", { bubbles: true })));
  await act(() => void root.querySelector("form")?.dispatchEvent(new Event("submit")));
}

test("App: a refused address gives way to that of the page, and is named by the error", async () => {
  const fetch = vi.fn(() => Promise.reject<Response>(new Error("The web process is gone.")));
  const browser = createAppBrowser({ fetch });
  await act(() => render(<AddressBar browser={browser} />, root));
  await go("https://example.com/");
  expect(addressField().value).toBe("/");
  expect(browser.error.value).toBe(
    "https://example.com/ leads out of the app, so it was not opened.",
  );
  expect(fetch).not.toHaveBeenCalled();
  // One that could not be loaded stays, to be tried again.
  await go("/photos/7");
  expect(fetch).toHaveBeenCalledOnce();
  expect(addressField().value).toBe("/photos/7");
});

test("App: the panel shows why an address is refused, until another is opened", async () => {
  const fetch = vi.fn(() => Promise.reject<Response>(new Error("The web process is gone.")));
  Object.assign(made.bench.sandbox, { fetch });
  await act(() => render(<AppPanel bench={made.bench} />, root));
  const alert = () => root.querySelector('[role="alert"]')?.textContent;
  await vi.waitFor(() => expect(alert()).toBe("The web process is gone."));
  await go("https://example.com/");
  expect(alert()).toBe("https://example.com/ leads out of the app, so it was not opened.");
  expect(fetch).toHaveBeenCalledOnce();
  await go("/photos/7");
  await vi.waitFor(() => expect(alert()).toBe("The web process is gone."));
});
