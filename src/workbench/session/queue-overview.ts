import type { JobState, QueueInfo, Sandbox } from "../../sandbox/sandbox.ts";

/** The queue at a glance, for tabs and lists of names. */
export interface QueueOverview {
  /** Sandbox time in ms: what waits has waited longer since. */
  readAt: number;
  counts: Record<JobState, number>;
  queues: QueueInfo[];
  classNames: string[];
}

export async function readOverview(
  sandbox: Pick<Sandbox, "queue" | "clock">,
): Promise<QueueOverview> {
  const { queue, clock } = sandbox;
  const readAt = clock.now();
  const [counts, queues, classNames] = await Promise.all([
    queue.counts(),
    queue.queues(),
    queue.classNames(),
  ]);
  return { readAt, counts, queues, classNames };
}
