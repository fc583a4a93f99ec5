import { useMemo } from "preact/hooks";
import { runTimes } from "../../attempts/run-times.ts";
import { duration } from "../../format.ts";
import type { Bench } from "../../session/bench.ts";
import type { Board } from "../board.ts";

/** How long the jobs of each class ran, as the events told it: the queue's tables keep no start. */
export function RunTimesTable({ bench, board }: { bench: Bench; board: Board }) {
  const { log, revision } = bench.attempts;
  const seen = revision.value;
  const times = useMemo(() => runTimes(log.all()), [log, seen]);
  if (times.length === 0) {
    return <p class="wb-empty">No job has come to its end since the sandbox started.</p>;
  }
  return (
    <div class="wb-scroll wb-more">
      <table class="wb-table">
        <caption class="sr-only">Run times since the sandbox started</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Queue</th>
            {["Runs", "Raised", "Mean", "Shortest", "Longest"].map((name) => (
              <th key={name} scope="col" class="r">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map(({ className, queueName, runs, raised, ...took }) => (
            <tr key={`${className} ${queueName}`}>
              <th scope="row">
                <button
                  type="button"
                  class="wb-link"
                  onClick={() => board.choose({ place: "jobs", className, queueName })}
                >
                  {className}
                </button>
              </th>
              <td>{queueName}</td>
              <td class="num r">{runs.toLocaleString("en")}</td>
              <td class="num r">{raised.toLocaleString("en")}</td>
              <td class="num r">{duration(took.meanMs)}</td>
              <td class="num r">{duration(took.shortestMs)}</td>
              <td class="num r">{duration(took.longestMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
