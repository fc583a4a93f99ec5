import { expect, test } from "vitest";
import type { LogLine } from "../../../src/sandbox/sandbox.ts";
import { levelOf } from "../../../src/workbench/logs/level.ts";
import { createLogBuffer, EVERYTHING } from "../../../src/workbench/logs/log-buffer.ts";
import { piecesOf } from "../../../src/workbench/logs/places.ts";
import { ROW_HEIGHT, visibleRows } from "../../../src/workbench/logs/window.ts";

const line = (seq: number, fields: Partial<LogLine> = {}): LogLine => ({
  seq,
  time: 0,
  pid: 1,
  process: seq % 2 === 0 ? "web" : "jobs-1",
  stream: "stdout",
  text: `line ${seq}`,
  ...fields,
});

test("of 300,000 lines the newest are left, with and without a filter", () => {
  const buffer = createLogBuffer();
  buffer.filter({ ...EVERYTHING, process: "web" });
  for (let seq = 0; seq < 300_000; seq += 1000) {
    buffer.add(Array.from({ length: 1000 }, (_, i) => line(seq + i)));
  }
  expect(buffer.size()).toBeGreaterThanOrEqual(100_000);
  expect(buffer.size()).toBeLessThanOrEqual(125_000);
  expect(buffer.shown()).toHaveLength(buffer.size() / 2);
  expect(buffer.shown().at(-1)?.seq).toBe(299_998);
  buffer.filter(EVERYTHING);
  expect(buffer.shown()).toHaveLength(buffer.size());
  expect(buffer.processes()).toEqual(["jobs-1", "web"]);
});

test("lines are found by process, level and text, also those that come later", () => {
  const buffer = createLogBuffer();
  buffer.add([line(1), line(2, { stream: "stderr", text: "boom" })]);
  buffer.filter({ process: "web", level: "error", text: "BO" });
  buffer.add([line(4, { stream: "stderr", text: "boo" }), line(6), line(7, { stream: "stderr" })]);
  expect(buffer.shown().map(({ seq }) => seq)).toEqual([2, 4]);
  buffer.clear();
  expect([buffer.shown(), buffer.size()]).toEqual([[], 0]);
});

test.each([
  ["[ActiveJob] [PhotoJob] [5b] Error performing PhotoJob (Job ID: 5b) from SolidQueue", "error"],
  ["[ActiveJob] [PhotoJob] [5b] Retrying PhotoJob (Job ID: 5b) after 1 attempts", "warn"],
  ["Completed 500 Internal Server Error in 12ms", "error"],
  ["Completed 200 OK in 12ms", "info"],
  ["ActiveRecord::RecordNotFound (Couldn't find Photo)", "error"],
  ["DEPRECATION WARNING: old", "warn"],
])("%s: %s", (text, level) => {
  expect(levelOf({ stream: "stdout", text })).toBe(level);
});

test("places in the learner's files are links, those in gems are not", () => {
  expect(piecesOf("↳ app/jobs/photo_job.rb:4:in `perform'")).toEqual([
    "↳ ",
    { text: "app/jobs/photo_job.rb:4", place: { path: "app/jobs/photo_job.rb", line: 4 } },
    ":in `perform'",
  ]);
  expect(piecesOf("config/queue.yml, line 4: threads must be a whole number")).toEqual([
    { text: "config/queue.yml, line 4", place: { path: "config/queue.yml", line: 4 } },
    ": threads must be a whole number",
  ]);
  expect(piecesOf("/workspace/app/a.rb:1")[1]).toMatchObject({ place: { path: "app/a.rb" } });
  expect(piecesOf("/bundle/gems/x/lib/y.rb:3")).toEqual(["/bundle/gems/x/lib/y.rb:3"]);
  expect(piecesOf("")).toEqual([""]);
});

test("only the rows in sight are drawn", () => {
  expect(visibleRows(5000, 2500 * ROW_HEIGHT, 20 * ROW_HEIGHT)).toEqual({ from: 2480, to: 2548 });
  expect(visibleRows(10, 0, 400)).toEqual({ from: 0, to: 10 });
  expect(visibleRows(0, 0, 400)).toEqual({ from: 0, to: 0 });
});
