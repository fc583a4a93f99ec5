import { cronInWords } from "../../cron/words.ts";

/**
 * A schedule in other words: a cron line as a sentence (`At 05:00`), and what is written in words
 * (`every day at 5am`) as cron reads it. Empty where neither is known.
 */
export function inWords({ schedule, cron }: { schedule: string; cron: string }): string {
  return /^[a-z]/i.test(schedule.trim()) ? cron : cronInWords(cron);
}
