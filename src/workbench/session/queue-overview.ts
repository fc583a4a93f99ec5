import type { JobState, QueueInfo, Sandbox } from "../../sandbox/sandbox.ts";

/** The queue at a glance, for tabs and lists of names. */
export interface QueueOverview {
  counts: Record<JobState, number>;
  queues: QueueInfo[];
  classNames: string[];
}

export async function readOverview({ queue }: Pick<Sandbox, "queue">): Promise<QueueOverview> {
  const [counts, queues, classNames] = await Promise.all([
    queue.counts(),
    queue.queues(),
    queue.classNames(),
  ]);
  return { counts, queues, classNames };
}
