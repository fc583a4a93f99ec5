/** What tests ask of a sandbox, wherever it runs. */
import type { JobRow, Sandbox } from "../../../src/sandbox/sandbox.ts";

/** Evaluates Ruby in the console; what it raised is thrown. */
export async function ruby(sandbox: Sandbox, code: string): Promise<string> {
  const { result, error } = await sandbox.evaluate(code);
  if (error !== null)
    throw new Error(`${error.className}: ${error.message}\n${error.backtrace.join("\n")}`);
  return result ?? "";
}

/** Waits for something that will become true; `what` names it when it does not. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until no job is ready or claimed. */
export async function untilDrained(sandbox: Sandbox): Promise<JobRow[]> {
  await until(async () => {
    const counts = await sandbox.queue.counts();
    return counts.ready + counts.claimed === 0;
  }, "no job is ready or claimed");
  return sandbox.queue.jobs({ limit: 1000 });
}
