/**
 * Solid Queue's tables, read for the page. Nothing else outside Ruby knows their names
 * (solid_queue 1.1.0, lib/generators/solid_queue/install/templates/db/queue_schema.rb).
 */
export { readEnded } from "./solid-queue/ended.ts";
export { readClassNames, readCounts, readFailures, readIds, readJobs } from "./solid-queue/jobs.ts";
export {
  readLimits,
  readOutlook,
  readProcesses,
  readQueues,
  readRecurring,
} from "./solid-queue/queues.ts";
export type { Query } from "./solid-queue/values.ts";
