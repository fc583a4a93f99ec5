import type { QueueInfo } from "../../../sandbox/sandbox.ts";
import { duration } from "../../format.ts";
import type { Action } from "../../live/use-action.ts";
import { useNow } from "../../live/use-now.ts";
import type { Bench } from "../../session/bench.ts";
import { StateMark } from "../../states/StateMark.tsx";
import type { Board } from "../board.ts";

interface Props {
  bench: Bench;
  board: Board;
  action: Action;
}

/** Each queue with its size, how long its oldest job has waited, and whether it is paused. */
export function Queues({ bench, board, action }: Props) {
  const overview = bench.queue.data.value;
  // Where nothing happens the queue is not read again, and its jobs wait all the same.
  const now = useNow(bench.sandbox.clock);
  if (!overview || overview.queues.length === 0) {
    return <p class="wb-side-note">None has held a job yet.</p>;
  }
  const since = Math.max(0, now - overview.readAt);
  return (
    <ul>
      {overview.queues.map((queue) => (
        <Queue
          key={queue.name}
          queue={{ ...queue, latency: queue.latency + since }}
          bench={bench}
          board={board}
          action={action}
        />
      ))}
    </ul>
  );
}

function Queue({ queue, bench, board, action }: Props & { queue: QueueInfo }) {
  const { name, size, latency, paused } = queue;
  const chosen = board.choice.value.queueName === name;

  function toggle() {
    void action.run(async () => {
      const { queue: commands } = bench.sandbox;
      await (paused ? commands.resume(name) : commands.pause(name));
      bench.queue.refresh();
    });
  }

  return (
    <li class="wb-queue" data-queue={name} data-paused={paused}>
      <button
        type="button"
        class="wb-side-item"
        aria-pressed={chosen}
        onClick={() => board.choose({ place: "jobs", queueName: chosen ? null : name })}
      >
        <span class="wb-queue-name">
          {name}
          {paused && <StateMark state="paused" />}
          {size > 0 && <small>oldest waits {duration(latency)}</small>}
        </span>
        <span class="num">{size.toLocaleString("en")}</span>
      </button>
      <button
        type="button"
        class="wb-btn small quiet"
        aria-label={paused ? `Resume ${name}, which is paused` : `Pause ${name}`}
        disabled={action.running}
        onClick={toggle}
      >
        {paused ? "Resume" : "Pause"}
      </button>
    </li>
  );
}
