/** From the page's script to the first enqueued job, and a further process. */
import type { StartOptions } from "../../../src/sandbox/sandbox.ts";
import type { BootFigures } from "../measures.ts";
import { ruby, startSandbox } from "./sandbox.ts";

export async function measureBoot(processes: StartOptions[]): Promise<BootFigures> {
  const started = performance.now();
  const since = () => performance.now() - started;
  let loaded = 0;
  const sandbox = await startSandbox(processes, ({ step }) => {
    if (step === "database") loaded = since();
  });
  const booted = since();
  await ruby(sandbox, "BenchJob.perform_later(1)");
  const firstEnqueue = since();
  const { pid } = await sandbox.processes.start({ kind: "jobs" });
  const nextProcess = since() - firstEnqueue;
  const memoryBytes =
    sandbox.processes.list().find((process) => process.kind === "console")?.memoryBytes ?? NaN;
  sandbox.processes.signal(pid, "KILL");
  await sandbox.dispose();
  return { loaded, booted, firstEnqueue, nextProcess, memoryBytes };
}
