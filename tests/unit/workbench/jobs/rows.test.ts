import { expect, test } from "vitest";
import { argumentsOf } from "../../../../src/workbench/jobs/arguments.ts";
import { rangeUpTo, roundUp } from "../../../../src/workbench/jobs/charts/buckets.ts";
import { firstFrame, parseFrame } from "../../../../src/workbench/jobs/frames.ts";
import { fieldValue, readField } from "../../../../src/workbench/jobs/list/EndedFilter.tsx";
import { createItems } from "../../../../src/workbench/jobs/list/items.ts";
import { inWords } from "../../../../src/workbench/jobs/more/in-words.ts";

test("arguments read as the learner wrote them", () => {
  const serialized = { arguments: [1, "x", { _aj_globalid: "gid://photo-app/Photo/4" }] };
  expect(argumentsOf({ serialized })).toBe('1, "x", Photo/4');
  expect(argumentsOf({ serialized: null })).toBe("");
});

test("the first frame in the learner's files is where an error stands", () => {
  const backtrace = ["lib", "app/models/photo.rb:12:in `process'", "app/jobs/photo_job.rb:4"];
  expect(firstFrame(backtrace)).toEqual({ path: "app/models/photo.rb", line: 12 });
  expect(firstFrame(null)).toBeNull();
  expect(parseFrame("app/models/photo.rb:12:in `process'").method).toBe("process");
  expect(parseFrame("/bundle/gems/rails.rb:1").place).toBeNull();
});

test("grouped rows stand under the head of their error", () => {
  const group = (errorClass: string, count: number) => ({
    errorClass,
    count,
    message: "",
    newestAt: 0,
  });
  const items = createItems(5, [group("A", 2), group("B", 3)]);
  expect(Array.from({ length: items.length }, (_, index) => items.at(index))).toMatchObject([
    { group: { errorClass: "A" } },
    { row: 0 },
    { row: 1 },
    { group: { errorClass: "B" } },
    { row: 2 },
    { row: 3 },
    { row: 4 },
  ]);
  expect([0, 1, 2, 4].map((row) => items.indexOf(row))).toEqual([1, 2, 4, 6]);
  expect(createItems(10_000, []).at(9_999)).toEqual({ row: 9_999 });
});

test("the chart's bars stay where they are while time goes on", () => {
  const span = { span: 600_000, interval: 30_000 };
  expect(rangeUpTo(1_000_000, span)).toEqual(rangeUpTo(1_019_999, span));
  const { from, to } = rangeUpTo(1_000_000, span);
  expect([to - from, to % 30_000, to > 1_000_000]).toEqual([600_000, 0, true]);
  expect([0, 1, 3, 7, 12, 80, 1400].map(roundUp)).toEqual([1, 1, 5, 10, 20, 100, 2000]);
});

test("a moment goes into a field for date and time, and comes back", () => {
  const moment = Date.parse("2026-01-31T12:00:05Z");
  expect(readField(fieldValue(moment + 400))).toBe(moment);
  expect(readField("")).toBeNull();
});

test("a schedule is said in other words", () => {
  const five = { cron: "0 5 * * *", zone: null };
  expect(inWords({ ...five, schedule: "0 5 * * *" })).toBe("At 05:00");
  expect(inWords({ ...five, schedule: "every day at 5am" })).toBe("0 5 * * *");
  expect(inWords({ schedule: "@", cron: "", zone: null })).toBe("");
  for (const zone of ["Europe/Berlin", "UTC", "+0100", "+01:00"]) {
    const there = { cron: five.cron, zone };
    expect(inWords({ ...there, schedule: `0 5 * * * ${zone}` })).toBe("At 05:00");
    expect(inWords({ ...there, schedule: `every day at 5am in ${zone}` })).toBe(
      `0 5 * * * ${zone}`,
    );
  }
});
