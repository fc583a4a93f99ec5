import type { JobRow } from "../../../src/sandbox/sandbox.ts";

/** A row of the queue with everything that a test does not care about. */
export const jobRow = (fields: Partial<JobRow>): JobRow => ({
  id: 1,
  activeJobId: "a",
  className: "PhotoJob",
  queueName: "default",
  priority: 0,
  state: "ready",
  serialized: {},
  executions: 0,
  enqueuedAt: 0,
  scheduledAt: null,
  finishedAt: null,
  claimedBy: null,
  claimedAt: null,
  concurrencyKey: null,
  blockedUntil: null,
  failedAt: null,
  error: null,
  ...fields,
});
