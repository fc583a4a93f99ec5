import { useEffect, useMemo } from "preact/hooks";
import type { RecurringTask } from "../../../sandbox/sandbox.ts";
import { clockTime, duration } from "../../format.ts";
import { createLiveQuery } from "../../live/live-query.ts";
import { useAction } from "../../live/use-action.ts";
import { useNow } from "../../live/use-now.ts";
import type { Bench } from "../../session/bench.ts";
import type { Board } from "../board.ts";
import { inWords } from "./in-words.ts";

interface Props {
  bench: Bench;
  board: Board;
  /** A task is about to be run. */
  onAct(): void;
}

/** The recurring tasks of `config/recurring.yml`, as a scheduler has put them into the queue's tables. */
export function Recurring({ bench, board, onAct }: Props) {
  const { sandbox } = bench;
  const action = useAction();
  const now = useNow(sandbox.clock);
  const query = useMemo(
    () =>
      createLiveQuery({
        events: sandbox.events,
        prefixes: ["recurring.", "process.registered", "clock."],
        interval: 1000,
        load: () => sandbox.queue.recurringTasks(),
      }),
    [sandbox],
  );
  useEffect(() => () => query.dispose(), [query]);
  const tasks = query.data.value;
  const problem = action.error ?? query.error.value;

  const run = (task: RecurringTask) => () => {
    onAct();
    void action.run(() => sandbox.queue.runTask(task.key).finally(query.refresh));
  };

  /** The list of what it enqueued, whatever was chosen before. */
  const showJobs = ({ key }: RecurringTask) =>
    board.choose({
      ...{ place: "jobs", state: null, queueName: null, className: null, search: "", ended: null },
      recurringTask: key,
    });

  return (
    <div class="wb-scroll wb-more">
      {problem && (
        <p class="wb-error" role="alert">
          {problem}
        </p>
      )}
      {tasks?.length === 0 && (
        <p class="wb-empty">
          No task recurs. Name some in <code>config/recurring.yml</code>, and start a jobs process:
          its scheduler reads them.
        </p>
      )}
      {tasks && tasks.length > 0 && (
        <table class="wb-table">
          <caption class="sr-only">Recurring tasks</caption>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Schedule</th>
              <th scope="col">Last enqueued</th>
              <th scope="col">Next</th>
              <th scope="col">
                <span class="sr-only">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.key}>
                <th scope="row">
                  {task.key}
                  <small class="code">
                    {task.command ?? `${task.className}(${task.arguments})`}
                  </small>
                </th>
                <td>
                  <span class="code">{task.schedule}</span>
                  <small>{inWords(task)}</small>
                </td>
                <td class="num">
                  {task.lastEnqueuedAt === null ? "never" : clockTime(task.lastEnqueuedAt, false)}
                </td>
                <td class="num">
                  {task.nextAt === null ? "unknown" : clockTime(task.nextAt, false)}
                  {task.nextAt !== null && (
                    <small>in {duration(Math.max(0, task.nextAt - now))}</small>
                  )}
                </td>
                <td class="wb-task-acts">
                  <button
                    type="button"
                    class="wb-btn small quiet"
                    aria-label={`Jobs of ${task.key}`}
                    onClick={() => showJobs(task)}
                  >
                    Jobs
                  </button>
                  <button
                    type="button"
                    class="wb-btn small"
                    aria-label={`Run now: ${task.key}`}
                    disabled={action.running}
                    onClick={run(task)}
                  >
                    Run now
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
