import type { RecurringTask } from "../../../sandbox/sandbox.ts";
import { cronInWords, cronLine } from "../../cron/words.ts";

/**
 * A schedule in other words: a cron line as a sentence (`At 05:00`), and what is written in words
 * (`every day at 5am`) as cron reads it. Empty where neither is known.
 */
export function inWords(task: Pick<RecurringTask, "schedule" | "cron" | "zone">): string {
  return /^[a-z]/i.test(task.schedule.trim()) ? cronLine(task) : cronInWords(task.cron);
}
