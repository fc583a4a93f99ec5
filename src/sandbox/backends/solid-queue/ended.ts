/** What ended when: the rows' own times, so that it holds for what ran before the page was opened too. */
import { SandboxError, type EndedInterval } from "../../sandbox.ts";
import { fromTime, millis, records, type Query } from "./values.ts";

const MOST_INTERVALS = 1_000;

export async function readEnded(
  query: Query,
  { from, to, interval }: { from: number; to: number; interval: number },
): Promise<EndedInterval[]> {
  const length = Math.ceil((to - from) / interval);
  if (!(interval > 0 && length >= 0 && length <= MOST_INTERVALS)) {
    throw new SandboxError(`A series has at most ${MOST_INTERVALS} intervals of more than 0 ms.`);
  }
  const range = [fromTime(from), fromTime(to)];
  const result = await query(
    `SELECT CAST((${millis("at")} - ?1) / ?2 AS INTEGER) AS slot, sum(finished) AS finished,
            sum(failed) AS failed, avg(took) AS mean, max(took) AS longest
     FROM (SELECT finished_at AS at, 1 AS finished, 0 AS failed,
                  ${millis("finished_at")} - ${millis("coalesce(scheduled_at, created_at)")} AS took
           FROM solid_queue_jobs WHERE finished_at >= ?3 AND finished_at < ?4
           UNION ALL
           SELECT created_at, 0, 1, NULL
           FROM solid_queue_failed_executions WHERE created_at >= ?3 AND created_at < ?4)
     GROUP BY slot`,
    [from, interval, ...range],
  );
  const slots = new Map(records(result).map((row) => [Number(row["slot"]), row]));
  return Array.from({ length }, (_, slot) => {
    const row = slots.get(slot);
    const time = (name: string) => (row?.[name] == null ? null : Math.max(0, Number(row[name])));
    return {
      at: from + slot * interval,
      finished: Number(row?.["finished"] ?? 0),
      failed: Number(row?.["failed"] ?? 0),
      meanMs: time("mean"),
      longestMs: time("longest"),
    };
  });
}
