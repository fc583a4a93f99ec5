import { expect, test } from "vitest";
import type { ScheduleReading } from "../../../src/workbench/cron/read-schedule.ts";
import { refusalOf, trapsOf } from "../../../src/workbench/cron/traps.ts";
import { cronInWords, cronLine } from "../../../src/workbench/cron/words.ts";

const HOUR = 3_600_000;

function reading(overrides: Partial<ScheduleReading>): ScheduleReading {
  const plain = { kind: "cron", cron: "0 * * * *", zone: null, localZone: "Etc/UTC" } as const;
  return { ...plain, days: "plain", lines: [], moment: "", runs: [], ...overrides };
}
const runsAt = (...hours: number[]) => hours.map((hour) => ({ at: hour * HOUR, text: "" }));

test("a cron line reads as a sentence", () => {
  expect(cronInWords("0 5 * * *")).toBe("At 05:00");
  expect(cronInWords("0 9 * * 1,2,3,4,5")).toBe("At 09:00, Monday through Friday");
  expect(cronInWords("nonsense")).toBe("");
});

test("a cron line ends with the zone, where there is one", () => {
  expect(cronLine({ cron: "0 5 * * *", zone: null })).toBe("0 5 * * *");
  expect(cronLine({ cron: "0 5 * * *", zone: "+0100" })).toBe("0 5 * * * +0100");
});

test("the last day and Fugit's sign for both days do not silence it", () => {
  expect(cronInWords("0 18 -1 * *")).toBe("At 18:00, on the last day of the month");
  expect(cronInWords("0 12 13 * 5&")).toBe(
    "At 12:00, on day 13 of the month, and on Friday, where both fit",
  );
  expect(cronInWords("30 0 12 13 * 5&")).toMatch(/, where both fit$/);
});

test("the sign for both days says nothing where one of them is left open", () => {
  expect(cronInWords("0 12 * * 5&")).toBe("At 12:00, only on Friday");
  expect(cronInWords("0 12 13 * *&")).toBe("At 12:00, on day 13 of the month");
});

test("lists that come out even are a step, others stay a list", () => {
  expect(cronInWords("0,15,30,45 * * * *")).toBe("Every 15 minutes");
  expect(cronInWords("0,30 * * * *")).toContain("0 and 30 minutes past the hour");
  expect(cronInWords("0 0,7,14,21 * * *")).toBe("At 00:00, 07:00, 14:00 and 21:00");
  expect(cronInWords("0,10,20,30,40,50 * * * * *")).toBe("Every 10 seconds");
});

test("steps that do not come out even say which gaps there are", () => {
  const seven = reading({ cron: "0 0,7,14,21 * * *", runs: runsAt(0, 7, 14, 21, 24, 31) });
  expect(trapsOf("every 7 hours", seven)[0]).toBe(
    "It is not every 7 hours: cron begins to count anew with each day. Between these runs lie 3 h or 7 h.",
  );
  const ninety = reading({ runs: runsAt(0, 1, 2, 3) });
  expect(trapsOf("*/90 * * * *", ninety)[0]).toContain("It is not every 90 minutes");
  expect(trapsOf("*/90 * * * *", ninety)[0]).toContain("lie 1 h.");
});

test("steps that come out even are no trap", () => {
  for (const text of ["every 15 minutes", "*/15 * * * *", "every hour", "every 1 day"]) {
    expect(trapsOf(text, reading({ runs: runsAt(0, 1) }))).toEqual([]);
  }
});

test("a day of the month beside a day of the week fits one of the two", () => {
  const friday = reading({ cron: "0 0 13 * 5", zone: "Europe/Berlin" });
  expect(trapsOf("0 0 13 * 5", { ...friday, days: "either" })[0]).toContain("fits one of the two");
  expect(trapsOf("0 0 13 * 5&", { ...friday, days: "both" })).toEqual([]);
});

test("of a sentence that means several schedules only the first is used", () => {
  const both = reading({ zone: "Etc/UTC", lines: ["0 9 * * *", "30 17 * * *"] });
  expect(trapsOf("every day at 9:00 and 17:30", both)).toEqual([
    "The words mean 2 schedules: 0 9 * * * and 30 17 * * *. Only the first is used.",
  ]);
});

test("six fields begin with seconds, and an hour without a zone is the app's", () => {
  expect(trapsOf("0 0 5 * * *", reading({ cron: "0 0 5 * * *" }))).toEqual([
    "Six fields: the first is the second, and cron itself knows no such field.",
    "No time zone is named, so it is the app's: Etc/UTC.",
  ]);
  const berlin = reading({ cron: "0 9 * * 1,2,3,4,5", zone: "Europe/Berlin" });
  expect(trapsOf("0 9 * * 1-5 Europe/Berlin", berlin)).toEqual([]);
});

test("what is no schedule says what it is instead", () => {
  expect(refusalOf(reading({ kind: "duration" }))).toContain("begins with “every”");
  expect(refusalOf(reading({ kind: "moment", moment: "26 November 2026, 09:00" }))).toContain(
    "26 November 2026, 09:00",
  );
  expect(refusalOf(reading({ kind: "nothing" }))).toBe("Fugit cannot read this.");
});
