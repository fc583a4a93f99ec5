import { useState } from "preact/hooks";
import type { StartOptions } from "../../sandbox/sandbox.ts";
import type { Action } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { StopAllButton } from "./StopAllButton.tsx";

/** Reads a list of queues as the learner types it: `default, mailers`. */
export function parseQueues(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

interface Fields {
  queues: string;
  threads: string;
  interval: string;
}

const LABELS: Record<keyof Fields, string> = {
  queues: "Queues",
  threads: "Threads",
  interval: "Polls each (s)",
};

/** What is wrong with what was typed, in the words of the labels; null for nothing. */
export function problemOf(fields: Fields): string | null {
  const { threads, pollingInterval } = optionsOf(fields);
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
    return `${LABELS.threads}: write a whole number above 0.`;
  if (pollingInterval !== undefined && !(Number.isFinite(pollingInterval) && pollingInterval > 0))
    return `${LABELS.interval}: write a number of seconds above 0, such as 0.5.`;
  return null;
}

/** What was typed as options; an empty field leaves it to `config/queue.yml`. */
export function optionsOf({ queues, threads, interval }: Fields): StartOptions {
  const names = parseQueues(queues);
  return {
    kind: "jobs",
    ...(names.length > 0 && { queues: names }),
    ...(threads.trim() !== "" && { threads: Number(threads) }),
    // Many keyboards write half a second as 0,5.
    ...(interval.trim() !== "" && { pollingInterval: Number(interval.replace(",", ".")) }),
  };
}

/** Starts another jobs process, as `config/queue.yml` says or with a worker of its own. */
export function StartJobsForm({ bench, action }: { bench: Bench; action: Action }) {
  const [fields, setFields] = useState<Fields>({ queues: "", threads: "", interval: "" });

  function start(event: Event) {
    event.preventDefault();
    void action.run(async () => {
      const problem = problemOf(fields);
      if (problem !== null) throw new Error(problem);
      await bench.sandbox.processes.start(optionsOf(fields));
    });
  }

  const field = (name: keyof Fields, hint: string, size: number) => (
    <label>
      {LABELS[name]}{" "}
      <input
        class="wb-input"
        size={size}
        inputMode={name === "queues" ? "text" : "decimal"}
        value={fields[name]}
        placeholder={hint}
        onInput={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
      />
    </label>
  );

  return (
    <form class="wb-row" onSubmit={start}>
      {field("queues", "as in queue.yml", 14)}
      {field("threads", "3", 3)}
      {field("interval", "0.1", 4)}
      <button type="submit" class="wb-btn" disabled={action.running}>
        {action.running ? "Working" : "Start jobs process"}
      </button>
      <StopAllButton bench={bench} action={action} />
    </form>
  );
}
