import { useState } from "preact/hooks";
import type { StartOptions } from "../../sandbox/sandbox.ts";
import type { Action } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";

/** Reads a list of queues as the learner types it: `default, mailers`. */
export function parseQueues(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Starts another jobs process, for all queues of `config/queue.yml` or for some. */
export function StartJobsForm({ bench, action }: { bench: Bench; action: Action }) {
  const [queues, setQueues] = useState("");

  function start(event: Event) {
    event.preventDefault();
    const names = parseQueues(queues);
    const options: StartOptions = { kind: "jobs", ...(names.length > 0 && { queues: names }) };
    void action.run(async () => void (await bench.sandbox.processes.start(options)));
  }

  return (
    <form class="wb-row" onSubmit={start}>
      <label>
        Queues{" "}
        <input
          class="wb-input"
          value={queues}
          placeholder="as in config/queue.yml"
          onInput={(event) => setQueues(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="wb-btn" disabled={action.running}>
        {action.running ? "Working" : "Start jobs process"}
      </button>
    </form>
  );
}
