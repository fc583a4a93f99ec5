// @vitest-environment happy-dom
/** The panels on what a real sandbox told: tests/fixtures/record-queue.ts. */
import type { Signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  ProcessStartError,
  type Evaluation,
  type ProcessExit,
  type ProcessInfo,
} from "../../../src/sandbox/sandbox.ts";
import { ClockBar } from "../../../src/workbench/clock/ClockBar.tsx";
import { ConsolePanel } from "../../../src/workbench/console/ConsolePanel.tsx";
import { clockTime, duration } from "../../../src/workbench/format.ts";
import { JobsPanel } from "../../../src/workbench/jobs/JobsPanel.tsx";
import { fieldValue } from "../../../src/workbench/jobs/list/EndedFilter.tsx";
import { LogPanel } from "../../../src/workbench/logs/LogPanel.tsx";
import { commandsOf } from "../../../src/workbench/palette/commands.ts";
import { MailPanel } from "../../../src/workbench/mail/MailPanel.tsx";
import { ProcessesPanel } from "../../../src/workbench/processes/ProcessesPanel.tsx";
import { ProcessStrip } from "../../../src/workbench/processes/ProcessStrip.tsx";
import { PANELS, RECORDED, recordedBench } from "../support/recorded-bench.ts";

let root: HTMLElement;
let made: ReturnType<typeof recordedBench>;

beforeEach(() => {
  // Nothing is laid out here, and a list without height draws no rows.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  root = document.createElement("div");
  document.body.append(root);
  made = recordedBench();
});
afterEach(async () => {
  vi.useRealTimers();
  render(null, root);
  root.remove();
  await made.bench.dispose();
  vi.restoreAllMocks();
});

const text = () => root.textContent ?? "";
const named = (name: string) => {
  const found = [...root.querySelectorAll<HTMLElement>("button, select, input, textarea")].find(
    (element) =>
      (element.getAttribute("aria-label") ?? element.textContent)?.trim().startsWith(name),
  );
  if (!found) throw new Error(`No control is called ${name}: ${text()}`);
  return found;
};
const press = (name: string) => act(() => named(name).click());
const seen = (what: string) => vi.waitFor(() => expect(text()).toContain(what));

test("Jobs: failures stand under their exceptions, and all are retried in one go", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("ChargeJob");
  await press("failed");
  await vi.waitFor(() => expect(root.querySelectorAll(".wb-job-group")).toHaveLength(2));
  expect(text()).toContain("KeyError, 2 jobs");
  await press("Select all");
  await press("Retry");
  await vi.waitFor(() => expect(made.commands.retry).toHaveBeenCalledWith({ states: ["failed"] }));
  await seen("1 job retried.");
});

test("Jobs: to discard asks first", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("ChargeJob");
  await press("Select all");
  await press("Discard");
  expect(made.commands.discard).not.toHaveBeenCalled();
  await press("Keep");
  expect(made.commands.discard).not.toHaveBeenCalled();
  await press("Discard");
  await press("Discard");
  expect(made.commands.discard).toHaveBeenCalledOnce();
});

test("Jobs: a job's attempts are told apart, though the table calls them finished", async () => {
  const retried = RECORDED.jobs.find(({ error }) => error?.className === "IOError");
  made.bench.showJob(retried?.activeJobId ?? "");
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await vi.waitFor(() => expect(root.querySelectorAll(".wb-attempts tbody tr")).toHaveLength(2));
  const ends = [...root.querySelectorAll("[data-end]")].map((row) => row.getAttribute("data-end"));
  expect(ends).toEqual(["retried", "failed"]);
  expect(text()).toContain("One of them counts as finished, although it raised.");
  expect(root.querySelector(".wb-attempt-error")?.textContent).toContain("IOError: ");
  expect(text()).toContain("Open line 6");
  await press("Open line");
  expect(made.bench.goTo.value).toEqual({ path: "app/jobs/charge_job.rb", line: 6 });
});

test("Jobs: the list tells what was retried and what discard_on gave up from what finished", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("ChargeJob");
  const marks = [...root.querySelectorAll('[data-state="finished"] .wb-state')];
  expect(marks.map(({ textContent }) => textContent).sort()).toEqual([
    "discarded",
    "finished",
    "retried",
  ]);
  expect(named("discarded").textContent).toBe("discarded1");
});

test("Jobs: a paused queue says so and is resumed", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("paused");
  await press("Resume reports");
  expect(made.commands.resume).toHaveBeenCalledWith("reports");
});

test("Jobs: what a queue's oldest job has waited goes on, though nothing happens", async () => {
  const now = vi.spyOn(made.bench.sandbox.clock, "now");
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  const latency = RECORDED.queues.find(({ size }) => size > 0)?.latency ?? NaN;
  await seen(`oldest waits ${duration(latency)}`);
  now.mockReturnValue(RECORDED.now + 40_000);
  const later = `oldest waits ${duration(latency + 40_000)}`;
  await vi.waitFor(() => expect(text()).toContain(later), { timeout: 5_000 });
});

test("Jobs: a queue that went with its last job stays named while it is chosen", async () => {
  const overview = made.bench.queue;
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("ChargeJob");
  await press("reports");
  const select = () => named("Queue") as HTMLSelectElement;
  expect(select().value).toBe("reports");
  const { value } = overview.data;
  if (!value) throw new Error("The queue was not read");
  const queues = value.queues.filter(({ name }) => name !== "reports");
  await act(() => void ((overview.data as Signal).value = { ...value, queues }));
  expect(text()).not.toContain("Resume reports");
  expect(select().value).toBe("reports");
});

test("Jobs: what was done to some rows is not said of others", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("failed");
  await seen("KeyError, 2 jobs");
  await press("Select all");
  await press("Retry");
  await seen("1 job retried.");
  await press("ready");
  await vi.waitFor(() =>
    expect(root.querySelector('[role="status"]')?.textContent).toMatch(/^1 job/),
  );
  expect(text()).not.toContain("1 job retried.");
});

async function set(name: string, value: string) {
  const field = named(name) as HTMLInputElement;
  field.value = value;
  await act(() => void field.dispatchEvent(new Event("change", { bubbles: true })));
}

test("Jobs: what ended is narrowed to a stretch of time, and what waits has none", async () => {
  const { jobs } = made.commands;
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("failed");
  await set("When it ended", "60000");
  const endedFrom = RECORDED.now - 60_000;
  await vi.waitFor(() =>
    expect(jobs).toHaveBeenLastCalledWith(
      expect.objectContaining({ states: ["failed"], endedFrom }),
    ),
  );
  const [, before] = root.querySelectorAll<HTMLInputElement>("input[type=datetime-local]");
  if (!before) throw new Error("There is no field for the end of the stretch");
  before.value = fieldValue(RECORDED.now);
  await act(() => void before.dispatchEvent(new Event("change", { bubbles: true })));
  const endedBefore = Math.floor(RECORDED.now / 1000) * 1000;
  await vi.waitFor(() =>
    expect(jobs).toHaveBeenLastCalledWith(expect.objectContaining({ endedFrom, endedBefore })),
  );
  await press("ready");
  await vi.waitFor(() =>
    expect(jobs).toHaveBeenLastCalledWith(expect.not.objectContaining({ endedFrom })),
  );
  expect(() => named("When it ended")).toThrow();
});

test("Jobs: a recurring task leads to the jobs that it enqueued", async () => {
  const { jobs } = made.commands;
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("Recurring tasks");
  await seen("every day at 5am");
  await press("Jobs of nightly");
  const ofTask = expect.objectContaining({ recurringTask: "nightly" });
  await vi.waitFor(() => expect(jobs).toHaveBeenLastCalledWith(ofTask));
  await press("of task nightly");
  await vi.waitFor(() => expect(jobs).not.toHaveBeenLastCalledWith(ofTask));
});

test("Jobs: run times by class lead to the jobs of the class", async () => {
  const { jobs } = made.commands;
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("Run times");
  const cells = [...root.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].slice(0, 4).map((cell) => cell.textContent),
  );
  expect(cells).toEqual([["ChargeJob", "default", "6", "5"]]);
  await press("ChargeJob");
  await vi.waitFor(() =>
    expect(jobs).toHaveBeenLastCalledWith(
      expect.objectContaining({ className: "ChargeJob", queueName: "default" }),
    ),
  );
});

test("Jobs: recurring tasks and limits", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("Recurring tasks");
  await seen("every day at 5am");
  await press("Run now: nightly");
  expect(made.commands.runTask).toHaveBeenCalledWith("nightly");
  await press("Concurrency limits");
  await seen("ReportJob/report");
  await seen("in 10 min");
  const expiresAt = RECORDED.limits[0]?.expiresAt ?? 0;
  vi.spyOn(made.bench.sandbox.clock, "now").mockReturnValue(expiresAt);
  await vi.waitFor(
    () => expect(text()).toContain("passed: a dispatcher frees it at its next look"),
    {
      timeout: 5_000,
    },
  );
});

test("Jobs: a failure is not said any more once something else has been done", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await seen("ChargeJob");
  await press("failed");
  await seen("KeyError, 2 jobs");
  await press("Select all");
  made.commands.retry.mockRejectedValueOnce(new Error("The database is locked"));
  await press("Retry");
  await seen("The database is locked.");
  await act(() => root.querySelector<HTMLElement>(".wb-job-link")?.click());
  await vi.waitFor(() => expect(root.querySelector(".wb-job-detail .primary")).not.toBeNull());
  expect(text()).toContain("The database is locked.");
  await act(() => root.querySelector<HTMLElement>(".wb-job-detail .primary")?.click());
  await vi.waitFor(() => expect(made.commands.retry).toHaveBeenCalledTimes(2));
  expect(text()).not.toContain("The database is locked.");
});

test("Jobs: the list says which key a blocked job waits for, and until when", async () => {
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await press("blocked");
  await vi.waitFor(() => expect(root.querySelectorAll("[data-job]")).toHaveLength(1));
  const line = root.querySelector("[data-job]")?.textContent;
  expect(line).toContain("key ReportJob/report");
  const blocked = RECORDED.jobs.find(({ state }) => state === "blocked");
  expect(line).toContain(`until ${clockTime(blocked?.blockedUntil ?? NaN, false)}`);
});

test("Jobs: what waits for its limit is drawn in that state's colour", async () => {
  const blocked = RECORDED.jobs.find(({ state }) => state === "blocked");
  made.bench.showJob(blocked?.activeJobId ?? "");
  await act(() => render(<JobsPanel bench={made.bench} />, root));
  await vi.waitFor(() => expect(root.querySelector(".wb-attempts .wait.blocked")).not.toBeNull());
});

test("Processes: each with what the queue knows of it", async () => {
  await act(() => render(<ProcessesPanel bench={made.bench} />, root));
  await seen("jobs-1");
  const kinds = [...root.querySelectorAll("[data-kind] b")].map((element) => element.textContent);
  expect(kinds).toEqual(expect.arrayContaining(["Supervisor", "Worker", "Dispatcher"]));
  expect(text()).toContain("beat in");
  expect(text()).toMatch(/6 runs, 5 raised/);
  expect(text()).toContain('"kind": "Supervisor"');
  await press("KILL jobs-1");
  expect(made.commands.signal).toHaveBeenCalledWith(expect.any(Number), "KILL");
});

test("Processes: a restart under way is cancelled in its note", async () => {
  await act(() => render(<ProcessesPanel bench={made.bench} />, root));
  await seen("jobs-1");
  const ended = Promise.withResolvers<ProcessExit>();
  made.commands.wait.mockReturnValueOnce(ended.promise);
  await press("Restart jobs-1");
  await press("Cancel the restart of jobs-1");
  await seen("The restart of jobs-1 is cancelled");
  expect(() => named("Cancel the restart")).toThrow();
  expect(document.activeElement?.getAttribute("role")).toBe("status");
  await act(() => ended.resolve({ code: 0, signal: null, reason: "" }));
  expect(made.commands.start).not.toHaveBeenCalled();
});

test("Processes: an option that cannot be is refused in the words of its label", async () => {
  await act(() => render(<ProcessesPanel bench={made.bench} />, root));
  const [, , interval] = root.querySelectorAll<HTMLInputElement>("form input");
  if (!interval) throw new Error("There is no field for the interval");
  interval.value = "-1";
  await act(() => void interval.dispatchEvent(new Event("input", { bubbles: true })));
  const rule = "must be a number of seconds above 0.";
  const refusal = new ProcessStartError(`pollingInterval ${rule}`, null, {
    name: "pollingInterval",
    rule,
  });
  made.commands.start.mockRejectedValueOnce(refusal);
  await press("Start jobs process");
  await seen(`Polls each (s): ${rule}`);
  expect(made.commands.start).toHaveBeenCalledWith({ kind: "jobs", pollingInterval: -1 });
});

test("Processes: Restart sends TERM, tells how far it is, and starts the next with the same options", async () => {
  await act(() => render(<ProcessesPanel bench={made.bench} />, root));
  await seen("jobs-1");
  const ended = Promise.withResolvers<ProcessExit>();
  made.commands.wait.mockReturnValueOnce(ended.promise);
  const jobs = RECORDED.processes.find(({ name }) => name === "jobs-1") as ProcessInfo;
  made.commands.start.mockResolvedValueOnce({ ...jobs, name: "jobs-2", pid: 109 });
  await press("Restart jobs-1");
  expect(made.commands.signal.mock.calls).toEqual([[jobs.pid, "TERM"]]);
  expect(named("Restart jobs-1").hasAttribute("disabled")).toBe(true);
  await seen("TERM is sent to jobs-1.");
  expect(made.commands.start).not.toHaveBeenCalled();
  await act(() => ended.resolve({ code: 0, signal: null, reason: "" }));
  await seen("jobs-1 has ended, jobs-2 runs with the same options (pid 109).");
  expect(made.commands.start.mock.calls).toEqual([[{ kind: "jobs", queues: ["default"] }]]);
});

test("the strip offers to boot again after the plug was pulled", async () => {
  await act(() => render(<ProcessStrip bench={made.bench} />, root));
  await seen("jobs-1");
  await act(() => made.bench.power.pull());
  await press("Boot again");
  await vi.waitFor(() => expect(made.commands.start).toHaveBeenCalledWith({ kind: "web" }));
});

test("Logs: lines are narrowed by level", async () => {
  await act(() => render(<LogPanel bench={made.bench} />, root));
  await seen("charging 1");
  const level = named("Level") as HTMLSelectElement;
  level.value = "error";
  await act(() => void level.dispatchEvent(new Event("change", { bubbles: true })));
  await vi.waitFor(() => expect(root.querySelectorAll(".wb-lines li").length).toBeGreaterThan(0));
  expect(
    [...root.querySelectorAll(".wb-lines li")].every((line) => line.className === "error"),
  ).toBe(true);
});

async function type(code: string) {
  const field = root.querySelector("textarea") as HTMLTextAreaElement;
  field.value = code;
  field.setSelectionRange(code.length, code.length);
  await act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
  return field;
}

const key = (field: HTMLElement, name: string, ctrlKey = false) =>
  act(() => {
    const init = { key: name, ctrlKey, bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent("keydown", init));
  });

test("Console: Enter runs what is whole, and goes on with what is not", async () => {
  await act(() => render(<ConsolePanel bench={made.bench} />, root));
  await key(await type("6 * 7"), "Enter");
  await seen("=> 42");
  made.commands.isWhole.mockResolvedValueOnce(false);
  await key(await type("3.times do"), "Enter");
  await vi.waitFor(() => expect(root.querySelector("textarea")?.value).toBe("3.times do\n"));
  expect(made.commands.evaluate).toHaveBeenCalledOnce();
});

/** An entry under way that ends when it is interrupted. */
function endless(_code?: string, signal?: AbortSignal) {
  const error = { className: "Interrupt", message: "", backtrace: [], location: null };
  return new Promise<Evaluation>((resolve) => {
    signal?.addEventListener("abort", () => resolve({ output: "", result: null, error }));
  });
}

test.each([
  ["in the prompt", "c", "textarea"],
  ["in the prompt with Caps Lock", "C", "textarea"],
  ["at the button", "c", "button"],
  ["in the output", "c", "[role=log]"],
])("Console: Ctrl+C interrupts the entry under way %s", async (_where, letter, place) => {
  await act(() => render(<ConsolePanel bench={made.bench} />, root));
  made.commands.evaluate.mockImplementationOnce(endless);
  await key(await type("loop { sleep }"), "Enter");
  await vi.waitFor(() => named("Interrupt"));
  await vi.waitFor(() => expect(made.commands.evaluate).toHaveBeenCalledOnce());
  const element = root.querySelector(place) as HTMLElement;
  await key(element, letter);
  expect(() => named("Run")).toThrow();
  await key(element, letter, true);
  await vi.waitFor(() => named("Run"));
  expect(root.querySelector(".wb-ruby-error")?.textContent).toContain("Interrupt");
});

test("Console: Ctrl+C takes an entry back while the console is starting", async () => {
  await act(() => render(<ConsolePanel bench={made.bench} />, root));
  const started = Promise.withResolvers<boolean>();
  made.commands.isWhole.mockReturnValueOnce(started.promise);
  const field = await type("Photo.delete_all");
  await key(field, "Enter");
  await vi.waitFor(() => named("Interrupt"));
  await key(field, "c", true);
  await vi.waitFor(() => named("Run"));
  await act(() => started.resolve(true));
  expect(field.value).toBe("Photo.delete_all");
  expect(made.commands.evaluate).not.toHaveBeenCalled();
  await key(field, "c", true);
  expect(field.value).toBe("");
});

test("Console: the arrows walk through entries of several lines, from their first and last line", async () => {
  await act(() => render(<ConsolePanel bench={made.bench} />, root));
  for (const code of ["6 * 7", "3.times do\nend"]) {
    await key(await type(code), "Enter");
    await vi.waitFor(() => expect(root.querySelector("textarea")?.value).toBe(""));
    await vi.waitFor(() =>
      expect(root.querySelectorAll(".wb-result")).toHaveLength(code === "6 * 7" ? 1 : 2),
    );
  }
  const field = root.querySelector("textarea") as HTMLTextAreaElement;
  await key(field, "ArrowUp");
  expect(field.value).toBe("3.times do\nend");
  await key(field, "ArrowUp"); // the cursor stands on the last line, and the field moves it
  expect(field.value).toBe("3.times do\nend");
  field.setSelectionRange(2, 2);
  await key(field, "ArrowDown");
  expect(field.value).toBe("3.times do\nend");
  await key(field, "ArrowUp");
  expect(field.value).toBe("6 * 7");
  await key(field, "ArrowDown");
  expect(field.value).toBe("3.times do\nend");
});

test("Palette: goes to what is due next or says that nothing is, and sends every signal", async () => {
  await vi.waitFor(() => expect(made.bench.processes.data.value).not.toBeNull());
  const command = (title: string) => commandsOf(made.bench).find((each) => each.title === title);
  await command("Send QUIT to jobs-1")?.run();
  expect(made.commands.signal).toHaveBeenCalledWith(expect.any(Number), "QUIT");
  const next = command("Move the clock to what is due next");
  await next?.run();
  expect(made.commands.advance).toHaveBeenCalledWith(5001);
  made.commands.nextDue.mockResolvedValueOnce(null);
  await expect(next?.run()).rejects.toThrow("Nothing is due");
});

test("Console: Tab offers names, Enter takes one", async () => {
  await act(() => render(<ConsolePanel bench={made.bench} />, root));
  const field = await type("Photo.fir");
  await key(field, "Tab");
  await vi.waitFor(() => expect(root.querySelectorAll("[role=option]")).toHaveLength(2));
  await key(field, "ArrowDown");
  await key(field, "Enter");
  expect(field.value).toBe("Photo.first!");
  expect(made.commands.evaluate).not.toHaveBeenCalled();
});

test("Mail: the newest is open, as HTML and as text, and leads to the job that sent it", async () => {
  const show = vi.spyOn(made.bench, "showJob");
  const [plain, fromJob] = PANELS.mails;
  await act(() => render(<MailPanel bench={made.bench} />, root));
  const subjects = [...root.querySelectorAll(".wb-mail-item b")].map((b) => b.textContent);
  expect(subjects).toEqual([fromJob?.subject, plain?.subject]);
  expect(root.querySelector("iframe")?.getAttribute("sandbox")).toBe("");
  expect(text()).toContain(`by jobs-1, pid ${fromJob?.pid}`);
  await press("Text");
  expect(root.querySelector("pre")?.textContent).toBe(fromJob?.text);
  await press("in a job");
  expect(show).toHaveBeenCalledWith(fromJob?.activeJobId);
});

test("Mail: one without HTML is shown as text, and who sent it outside a job", async () => {
  await act(() => render(<MailPanel bench={made.bench} />, root));
  await press("In text");
  expect(root.querySelector("iframe")).toBeNull();
  expect(root.querySelector("pre")?.textContent).toBe("No HTML here");
  expect(text()).toContain("outside a job");
});

test("Clock: goes to what is due next, or says that nothing is, and not for ever", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { clock } = made.bench.sandbox;
  await act(() => render(<ClockBar clock={clock} />, root));
  await press("Next due");
  await vi.waitFor(() =>
    expect(made.commands.advance).toHaveBeenCalledWith(5001, expect.anything()),
  );
  made.commands.nextDue.mockResolvedValueOnce(null);
  await vi.waitFor(() => named("Next due"));
  await press("Next due");
  await seen("Nothing is due");
  // Then the tabs have their room back.
  await vi.waitFor(() => {
    vi.advanceTimersByTime(8_000);
    expect(text()).not.toContain("Nothing is due");
  });
});

test("Clock: freezes time, and lets it go on", async () => {
  const { clock } = made.bench.sandbox;
  await act(() => render(<ClockBar clock={clock} />, root));
  made.commands.freeze.mockImplementation(() => made.commands.frozen.mockReturnValue(true));
  await press("Freeze");
  await seen("Time stands still.");
  expect(named("Freeze").getAttribute("aria-pressed")).toBe("true");
  await press("Freeze");
  expect(made.commands.unfreeze).toHaveBeenCalledOnce();
});
