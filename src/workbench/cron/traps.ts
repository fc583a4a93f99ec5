import { duration } from "../format.ts";
import type { ScheduleReading } from "./read-schedule.ts";

/** What each unit is counted in: cron begins to count anew with each of them. */
const WITHIN = {
  second: { parts: 60, whole: "minute" },
  minute: { parts: 60, whole: "hour" },
  hour: { parts: 24, whole: "day" },
  day: { parts: 1, whole: "month" },
} as const;
type Unit = keyof typeof WITHIN;

/** What is easily believed of this schedule and is not so: a sentence each. */
export function trapsOf(text: string, reading: ScheduleReading): string[] {
  if (reading.kind !== "cron") return [];
  return [
    several(reading),
    uneven(text, reading),
    eitherDay(reading),
    seconds(text, reading),
    zone(reading),
  ]
    .flat()
    .filter((trap) => trap !== "");
}

/** Why it is no schedule. */
export function refusalOf({ kind, moment }: ScheduleReading): string {
  if (kind === "duration")
    return "This is a length of time, not a schedule. A schedule in words begins with “every”.";
  if (kind === "moment") return `This is a single moment, ${moment}, and not a schedule.`;
  return "Fugit cannot read this.";
}

function several({ lines }: ScheduleReading): string {
  if (lines.length < 2) return "";
  return `The words mean ${lines.length} schedules: ${lines.join(" and ")}. Only the first is used.`;
}

function uneven(text: string, { runs }: ScheduleReading): string {
  const asked = everyIn(text);
  if (!asked) return "";
  const { parts, whole } = WITHIN[asked.unit];
  if (asked.step === 1 || parts % asked.step === 0) return "";
  const gaps = [...new Set(runs.slice(1).map(({ at }, index) => at - (runs[index]?.at ?? at)))];
  const lengths = gaps.toSorted((a, b) => a - b).map((gap) => duration(gap));
  return (
    `It is not every ${asked.step} ${asked.unit}s: cron begins to count anew with each ${whole}. ` +
    `Between these runs lie ${lengths.join(" or ")}.`
  );
}

/** The step that is asked for, in words or as the first field with a step. */
function everyIn(text: string): { step: number; unit: Unit } | null {
  const words = /every (\d+) (second|minute|hour|day)s?\b/i.exec(text);
  if (words) return { step: Number(words[1]), unit: words[2]?.toLowerCase() as Unit };
  const fields = text.trim().split(/\s+/);
  const units: Unit[] = ["second", "minute", "hour", "day"];
  const offset = fields.filter((field) => /^[\d*/,\-LW#&?]+$/i.test(field)).length === 6 ? 0 : 1;
  const index = fields.findIndex((field) => /^\*\/\d+$/.test(field));
  const unit = units[index + offset];
  return index < 0 || unit === undefined ? null : { step: Number(fields[index]?.slice(2)), unit };
}

function eitherDay({ days }: ScheduleReading): string {
  if (days !== "either") return "";
  return (
    "A day of the month and a day of the week are given: it runs on each day that fits one of the two. " +
    "With & after the day of the week, Fugit wants both."
  );
}

function seconds(text: string, { cron }: ScheduleReading): string {
  return /^[\d*]/.test(text.trim()) && cron.split(" ").length === 6
    ? "Six fields: the first is the second, and cron itself knows no such field."
    : "";
}

function zone({ zone, localZone, cron }: ScheduleReading): string {
  const hour = cron.split(" ").at(-4);
  if (zone !== null || hour === "*") return "";
  return `No time zone is named, so it is the app's: ${localZone}.`;
}
