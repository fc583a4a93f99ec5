import { clockTime, duration } from "../../format.ts";
import { StateIcon, StateMark } from "../../states/StateMark.tsx";
import { truthOf, type Run } from "./runs.ts";

interface Props {
  runs: readonly Run[];
  /** Sandbox time in ms, to which what goes on is drawn. */
  now: number;
}

/** Every attempt on one line of time: dashed while it waits, solid while it runs. */
export function Attempts({ runs, now }: Props) {
  const start = Math.min(...runs.map(({ from }) => from));
  const end = Math.max(...runs.map(({ endedAt, due }) => endedAt ?? Math.max(now, due ?? 0)));
  const place = (at: number) => (end > start ? ((at - start) / (end - start)) * 100 : 0);
  const truth = truthOf(runs);
  return (
    <section>
      <h3>Attempts</h3>
      <table class="wb-attempts">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Started</th>
            <th scope="col" class="r">
              Waited
            </th>
            <th scope="col" class="r">
              Ran
            </th>
            <th scope="col" class="wb-attempt-line">
              From the first attempt
            </th>
            <th scope="col">End</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.number} data-end={run.end}>
              <th scope="row" class="num">
                {run.number}
              </th>
              <td class="num">{run.startedAt === null ? "" : clockTime(run.startedAt, false)}</td>
              <td class="num r">{waited(run, now)}</td>
              <td class="num r">{ran(run, now)}</td>
              <td class="wb-attempt-line">
                <Line run={run} place={place} now={now} />
              </td>
              <td>
                <StateMark state={run.end}>{endWord(run)}</StateMark>
                {run.where && <small> {run.where.process}</small>}
                {run.error && !run.row.error && (
                  <small class="wb-attempt-error">
                    {run.error.className}: {run.error.message}
                  </small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {truth && <p class="wb-aside">{truth}</p>}
    </section>
  );
}

function endWord(run: Run): string {
  if (run.end === "retried") return "raised, retried";
  if (run.end === "claimed" && run.endedAt !== null) return "killed";
  return run.end;
}

function waited(run: Run, now: number): string {
  if (run.startedAt !== null) return duration(Math.max(0, run.startedAt - run.from));
  if (run.endedAt !== null) return "";
  return duration(Math.max(0, now - run.from));
}

function ran({ startedAt, endedAt }: Run, now: number): string {
  return startedAt === null ? "" : duration(Math.max(0, (endedAt ?? now) - startedAt));
}

interface LineProps {
  run: Run;
  /** A moment as percent of the line. */
  place(at: number): number;
  now: number;
}

/** As the state's own colours and edges say: for its time, for its limit, or for a worker. */
function waitsFor({ due, end }: Run): "scheduled" | "blocked" | "ready" {
  if (due !== null) return "scheduled";
  return end === "blocked" ? "blocked" : "ready";
}

/** Drawn with boxes, not scaled: the marks keep their shape at any width. */
function Line({ run, place, now }: LineProps) {
  const { from, startedAt, endedAt, due } = run;
  const waitEnd = startedAt ?? endedAt ?? Math.max(now, due ?? 0);
  const runEnd = endedAt ?? now;
  const bar = (a: number, b: number) => ({
    left: `${place(a)}%`,
    width: `${Math.max(0, place(b) - place(a))}%`,
  });
  return (
    <span class="wb-attempt-bars" aria-hidden="true">
      <span class={`wait ${waitsFor(run)}`} style={bar(from, waitEnd)} />
      {startedAt !== null && <span class="run" style={bar(startedAt, runEnd)} />}
      {endedAt !== null && (
        <span class="end" style={{ left: `${place(endedAt)}%` }}>
          <StateIcon state={run.end} />
        </span>
      )}
    </span>
  );
}
