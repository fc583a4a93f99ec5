import { expect, test } from "vitest";
import type { LogLine } from "../../../src/sandbox/sandbox.ts";
import { createLogBuffer } from "../../../src/workbench/logs/log-buffer.ts";
import { visibleRows } from "../../../src/workbench/logs/window.ts";

const line = (seq: number): LogLine => ({
  seq,
  time: 0,
  pid: 1,
  process: seq % 2 === 0 ? "web" : "jobs-1",
  stream: "stdout",
  text: `line ${seq}`,
});

test("a hundred thousand lines leave the newest", () => {
  const buffer = createLogBuffer(5000);
  for (let seq = 0; seq < 100_000; seq += 100) {
    buffer.add(Array.from({ length: 100 }, (_, i) => line(seq + i)));
  }
  const lines = buffer.lines();
  expect([lines.length, lines[0]?.seq, lines.at(-1)?.seq]).toEqual([5000, 95_000, 99_999]);
  expect(buffer.processes()).toEqual(["jobs-1", "web"]);
  expect(buffer.lines("web")).toHaveLength(2500);
});

test("only the rows in sight are drawn", () => {
  expect(visibleRows(5000, 50_000, 400)).toEqual({ from: 2480, to: 2540 });
  expect(visibleRows(10, 0, 400)).toEqual({ from: 0, to: 10 });
  expect(visibleRows(0, 0, 400)).toEqual({ from: 0, to: 0 });
});
