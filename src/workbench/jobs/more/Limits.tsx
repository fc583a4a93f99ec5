import { useEffect, useMemo } from "preact/hooks";
import type { ConcurrencyLimit } from "../../../sandbox/sandbox.ts";
import { clockTime, count, duration } from "../../format.ts";
import { createLiveQuery } from "../../live/live-query.ts";
import { useNow } from "../../live/use-now.ts";
import type { Bench } from "../../session/bench.ts";
import type { Board } from "../board.ts";

/** The semaphores behind `limits_concurrency`. */
export function Limits({ bench, board }: { bench: Bench; board: Board }) {
  const { sandbox } = bench;
  const query = useMemo(
    () =>
      createLiveQuery({
        events: sandbox.events,
        prefixes: ["job.", "clock."],
        load: () => sandbox.queue.limits(),
      }),
    [sandbox],
  );
  useEffect(() => () => query.dispose(), [query]);
  const limits = query.data.value;
  const now = useNow(sandbox.clock);
  return (
    <div class="wb-scroll wb-more">
      {query.error.value && <p class="wb-error">{query.error.value}</p>}
      {limits?.length === 0 && (
        <p class="wb-empty">
          No job class has used <code>limits_concurrency</code> yet.
        </p>
      )}
      {limits && limits.length > 0 && (
        <table class="wb-table">
          <caption class="sr-only">Concurrency limits</caption>
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">May start now</th>
              <th scope="col">Blocked</th>
              <th scope="col">Given up at</th>
            </tr>
          </thead>
          <tbody>
            {limits.map((limit) => (
              <tr key={limit.key}>
                <th scope="row" class="code">
                  {limit.key}
                </th>
                <td class="num">{limit.free}</td>
                <td>
                  {limit.blocked === 0 ? (
                    "none"
                  ) : (
                    <button
                      type="button"
                      class="wb-link"
                      onClick={() => board.choose({ place: "jobs", state: "blocked" })}
                    >
                      {count(limit.blocked, "job")}
                    </button>
                  )}
                </td>
                <td class="num">
                  {clockTime(limit.expiresAt, false)}
                  <small>{expiry(limit, now)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** What an expired limit still holds up waits for a dispatcher, which looks now and then. */
function expiry({ expiresAt, blocked }: ConcurrencyLimit, now: number): string {
  if (expiresAt > now) return `in ${duration(expiresAt - now)}`;
  return blocked > 0 ? "passed: a dispatcher frees it at its next look" : "passed";
}
