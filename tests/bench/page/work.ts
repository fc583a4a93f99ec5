/** How much a running sandbox gets done. */
import type { Sandbox, StartOptions } from "../../../src/sandbox/sandbox.ts";
import type { WorkFigures } from "../measures.ts";
import { median, ruby, startSandbox, told } from "./sandbox.ts";
import { THREADS, timed } from "./timed.ts";

const ORIGIN = "http://localhost:3000";
const JOBS: StartOptions = { kind: "jobs", queues: ["*"], threads: THREADS, pollingInterval: 0.1 };
const CLICKS = 15;

export async function measureWork(parameters: URLSearchParams): Promise<WorkFigures> {
  const count = Number(parameters.get("count") ?? 300);
  const sandbox = await startSandbox([{ kind: "web" }]);
  await ruby(sandbox, "BenchJob.perform_later(0); SolidQueue::Job.delete_all");
  const queriesPerSecond = await perSecond(
    sandbox,
    2 * count,
    'SolidQueue::Job.lease_connection.select_value("SELECT 1")',
  );
  const enqueuedPerSecond = await perSecond(sandbox, count, "BenchJob.perform_later(n)");
  await ruby(sandbox, "SolidQueue::Job.delete_all");

  await sandbox.processes.start(JOBS);
  const oneWorker = await performedPerSecond(sandbox, count);
  const requestsPerSecond = await requests(sandbox, 60);
  const clickToPerformed = await clicks(sandbox);
  await sandbox.processes.start(JOBS);
  const twoWorkers = await performedPerSecond(sandbox, count);
  const memoryBytes = Object.fromEntries(
    sandbox.processes.list().map((process) => [process.name, process.memoryBytes]),
  );
  await sandbox.dispose();
  const performed = { oneWorker, twoWorkers };
  return {
    queriesPerSecond,
    enqueuedPerSecond,
    performedPerSecond: performed,
    requestsPerSecond,
    clickToPerformed,
    memoryBytes,
  };
}

async function perSecond(sandbox: Sandbox, times: number, body: string): Promise<number> {
  await ruby(sandbox, timed(10, body));
  return times / Number(await ruby(sandbox, timed(times, body)));
}

/** The jobs wait in a paused queue until the workers have nothing else to do. */
async function performedPerSecond(sandbox: Sandbox, count: number): Promise<number> {
  await sandbox.queue.pause("default");
  await ruby(sandbox, `ActiveJob.perform_all_later(Array.new(${count}) { BenchJob.new(1) }); nil`);
  const started = told(sandbox, "job.started");
  const finished = told(sandbox, "job.finished", count);
  await sandbox.queue.resume("default");
  await started;
  const from = performance.now();
  await finished;
  return (1000 * count) / (performance.now() - from);
}

async function requests(sandbox: Sandbox, count: number): Promise<number> {
  const get = async () => (await sandbox.fetch(new Request(`${ORIGIN}/clicks`))).text();
  for (let warm = 0; warm < 5; warm += 1) await get();
  const from = performance.now();
  for (let request = 0; request < count; request += 1) await get();
  return (1000 * count) / (performance.now() - from);
}

async function clicks(sandbox: Sandbox): Promise<number> {
  const times: number[] = [];
  for (let click = 0; click < CLICKS; click += 1) {
    const performed = told(sandbox, "job.performed");
    const from = performance.now();
    const request = new Request(`${ORIGIN}/clicks`, { method: "POST", redirect: "manual" });
    await Promise.all([sandbox.fetch(request), performed]);
    times.push(performance.now() - from);
  }
  return median(times);
}
