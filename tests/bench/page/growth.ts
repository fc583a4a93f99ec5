/** What a full queue costs: the same work with 10, 100, 1,000 and 10,000 jobs waiting. */
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { GrowthFigures } from "../measures.ts";
import { median, ruby, startSandbox } from "./sandbox.ts";

const SIZES = [10, 100, 1_000, 10_000];
const TIMES = 15;
const BATCH = 500;

/** Milliseconds of each of TIMES runs, as JSON. */
const times = (body: string, afterwards = "") => `
  Array.new(${TIMES}) do
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    ${body}
    taken = Process.clock_gettime(Process::CLOCK_MONOTONIC) - started
    ${afterwards}
    taken * 1000
  end`;

/** One job, as a worker claims it. */
const CLAIM = "claimed = SolidQueue::ReadyExecution.claim([ '*' ], 1, $worker.id)";
const GIVE_BACK = "claimed.each(&:release)";

/** The first rounds are not measured: Chromium has not compiled all of Ruby yet. */
export async function measureGrowth(): Promise<GrowthFigures[]> {
  const sandbox = await startSandbox([{ kind: "web" }]);
  await ruby(
    sandbox,
    '$worker = SolidQueue::Process.register(kind: "Worker", name: "bench", pid: 1, hostname: "bench", metadata: {}); nil',
  );
  await enqueue(sandbox, SIZES[0] ?? 0);
  await ruby(sandbox, `${times(CLAIM, GIVE_BACK)}; ${times("BenchJob.perform_later(1)")}; nil`);
  await ruby(sandbox, "SolidQueue::Job.delete_all; nil");
  const rows: GrowthFigures[] = [];
  let waiting = 0;
  for (const size of SIZES) {
    await enqueue(sandbox, size - waiting);
    const claim = await rubyMedian(sandbox, times(CLAIM, GIVE_BACK));
    const counts = await pageMedian(() => sandbox.queue.counts());
    const newestJobs = await pageMedian(() => sandbox.queue.jobs({ limit: 100 }));
    const enqueued = await rubyMedian(sandbox, times("BenchJob.perform_later(1)"));
    rows.push({ waiting: size, claim, enqueue: enqueued, counts, newestJobs });
    waiting = size + TIMES;
  }
  await sandbox.dispose();
  return rows;
}

async function enqueue(sandbox: Sandbox, count: number): Promise<void> {
  for (let left = count; left > 0; left -= BATCH) {
    const batch = Math.min(left, BATCH);
    await ruby(
      sandbox,
      `ActiveJob.perform_all_later(Array.new(${batch}) { BenchJob.new(1) }); nil`,
    );
  }
}

async function rubyMedian(sandbox: Sandbox, code: string): Promise<number> {
  return median(JSON.parse(await ruby(sandbox, code)) as number[]);
}

async function pageMedian(work: () => Promise<unknown>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < TIMES; run += 1) {
    const from = performance.now();
    await work();
    values.push(performance.now() - from);
  }
  return median(values);
}
