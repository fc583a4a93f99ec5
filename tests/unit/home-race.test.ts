/** The picture on the home page shows what was recorded, not what somebody thought of. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { RUNS } from "../../src/components/home/race.ts";
import type { EventType, SandboxEvent } from "../../src/sandbox/events.ts";

/** When events of that type came, in ms since the first transaction was opened. */
async function recording(name: string): Promise<(type: EventType) => number> {
  const file = new URL(`../fixtures/timeline/${name}.json`, import.meta.url);
  const events = JSON.parse(await readFile(file, "utf8")) as SandboxEvent[];
  const first = (type: EventType) => events.find((event) => event.type === type)?.time ?? NaN;
  return (type) => Math.round(first(type) - first("transaction.opened"));
}

test.each([
  { name: "race", end: "failed", ends: "job.failed" },
  { name: "commit", end: "finished", ends: "job.performed" },
] as const)("$name is the recorded run that $end", async ({ name, end, ends }) => {
  const at = await recording(name);
  expect(RUNS.find((run) => run.end === end)).toMatchObject({
    enqueuedAt: at("job.enqueued"),
    startedAt: at("job.started"),
    endedAt: at(ends),
    committedAt: at("transaction.committed"),
    respondedAt: at("request.finished"),
  });
});
