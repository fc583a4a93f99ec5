import { useState } from "preact/hooks";
import type { ProcessStartError, RefusedOption, StartOptions } from "../../sandbox/sandbox.ts";
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

/** What is typed for each option. */
type Fields = Record<RefusedOption["name"], string>;

const LABELS: Record<RefusedOption["name"], string> = {
  queues: "Queues",
  threads: "Threads",
  pollingInterval: "Polls each (s)",
};

/** The sandbox knows which options can be; here its refusal gets the words of the labels. */
export function inLabels(error: unknown): unknown {
  const option =
    error instanceof Error && error.name === "ProcessStartError"
      ? (error as ProcessStartError).option
      : null;
  return option === null ? error : new Error(`${LABELS[option.name]}: ${option.rule}`);
}

/** What was typed as options; an empty field leaves it to `config/queue.yml`. */
export function optionsOf({ queues, threads, pollingInterval }: Fields): StartOptions {
  const names = parseQueues(queues);
  return {
    kind: "jobs",
    ...(names.length > 0 && { queues: names }),
    ...(threads.trim() !== "" && { threads: Number(threads) }),
    // Many keyboards write half a second as 0,5.
    ...(pollingInterval.trim() !== "" && {
      pollingInterval: Number(pollingInterval.replace(",", ".")),
    }),
  };
}

/** Starts another jobs process, as `config/queue.yml` says or with a worker of its own. */
export function StartJobsForm({ bench, action }: { bench: Bench; action: Action }) {
  const [fields, setFields] = useState<Fields>({ queues: "", threads: "", pollingInterval: "" });

  function start(event: Event) {
    event.preventDefault();
    void action.run(async () => {
      await bench.sandbox.processes.start(optionsOf(fields)).catch((error: unknown) => {
        throw inLabels(error);
      });
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
      {field("pollingInterval", "0.1", 4)}
      <button type="submit" class="wb-btn" disabled={action.running}>
        {action.running ? "Working" : "Start jobs process"}
      </button>
      <StopAllButton bench={bench} action={action} />
    </form>
  );
}
