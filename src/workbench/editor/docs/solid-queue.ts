import { SOLID_QUEUE, type DocEntry } from "./entry.ts";

const CONFIG = `${SOLID_QUEUE}#workers-dispatchers-and-scheduler`;
const RECURRING = `${SOLID_QUEUE}#recurring-tasks`;
const SETTINGS = `${SOLID_QUEUE}#other-configuration-settings`;

type Key = (name: string, signature: string, text: string) => DocEntry;

const keyIn =
  (place: DocEntry["place"], url: string): Key =>
  (name, signature, text) => ({ name, signature, text, url, place, insert: `${name}: $0` });

const key = keyIn("queue.yml", CONFIG);
const taskKey = keyIn("recurring.yml", RECURRING);

/** Solid Queue 1.1.0. */
export const SOLID_QUEUE_DOCS: DocEntry[] = [
  {
    name: "limits_concurrency",
    signature: "limits_concurrency(to: 1, key:, duration: 3.minutes, group: SomeJob.name)",
    text: "At most `to` jobs with the same key run at the same time; the others are blocked until one ends. It limits overlap, not order, and drops nothing. After `duration` the lock counts as lost.",
    url: `${SOLID_QUEUE}#concurrency-controls`,
    place: "class",
    insert: "limits_concurrency to: ${1:1}, key: ->(${2:photo}) { $2 }",
  },
  key(
    "workers",
    "workers: [ ... ]",
    "The worker processes: each entry says which queues they take from, and how.",
  ),
  key(
    "dispatchers",
    "dispatchers: [ ... ]",
    "The dispatchers: they move scheduled jobs that are due to the ready ones.",
  ),
  key(
    "queues",
    'queues: "*"',
    "The queues that a worker takes jobs from, in this order. The order of queues counts before priorities.",
  ),
  key(
    "threads",
    "threads: 3",
    "How many jobs a worker runs at the same time. The database pool must have room for two more.",
  ),
  key("processes", "processes: 1", "How many worker processes are forked with these settings."),
  key(
    "polling_interval",
    "polling_interval: 0.1",
    "Seconds between two looks at the queue: 0.1 for workers, 1 for dispatchers, where nothing else is said.",
  ),
  key("batch_size", "batch_size: 500", "How many due jobs a dispatcher moves at a time."),
  key(
    "concurrency_maintenance_interval",
    "concurrency_maintenance_interval: 600",
    "Seconds between a dispatcher's looks for blocked jobs whose lock has expired.",
  ),
  taskKey(
    "schedule",
    "schedule: every day at 9am",
    "When the task is enqueued: cron, or English that Fugit reads as cron. In Solid Queue 1.1.0 a task with a schedule that cannot be read is dropped without a word.",
  ),
  taskKey("class", "class: SomeJob", "The job class of a recurring task."),
  taskKey(
    "command",
    'command: "Photo.sweep"',
    "Ruby that a recurring task runs, instead of a class.",
  ),
  taskKey(
    "args",
    'args: [ 42, { status: "new" } ]',
    "What perform is called with; a hash at the end becomes keyword arguments.",
  ),
  taskKey("queue", "queue: default", "The queue that a recurring task's jobs go to."),
  taskKey(
    "priority",
    "priority: 0",
    "The priority of a recurring task's jobs; the smaller number goes first.",
  ),
  taskKey("description", "description: ...", "What the task is for, for people."),
  {
    name: "process_heartbeat_interval",
    signature: "config.solid_queue.process_heartbeat_interval = 60.seconds",
    text: "How often each process says that it lives.",
    url: SETTINGS,
    place: "call",
  },
  {
    name: "process_alive_threshold",
    signature: "config.solid_queue.process_alive_threshold = 5.minutes",
    text: "A process that has been silent for so long counts as dead: it is pruned, and the jobs that it had claimed fail.",
    url: SETTINGS,
    place: "call",
  },
  {
    name: "shutdown_timeout",
    signature: "config.solid_queue.shutdown_timeout = 5.seconds",
    text: "After TERM, how long a worker may go on with the jobs in hand. What is not done by then goes back to the queue.",
    url: SETTINGS,
    place: "call",
  },
  {
    name: "preserve_finished_jobs",
    signature: "config.solid_queue.preserve_finished_jobs = true",
    text: "Whether finished jobs stay in the table. In Solid Queue 1.1.0 nothing removes them unless you call clear_finished_in_batches.",
    url: SETTINGS,
    place: "call",
  },
  {
    name: "clear_finished_in_batches",
    signature:
      "SolidQueue::Job.clear_finished_in_batches(batch_size: 500, finished_before: 1.day.ago)",
    text: "Removes old finished jobs. Call it now and then, for example from a recurring task.",
    url: SETTINGS,
    place: "call",
  },
  {
    name: "connects_to",
    signature: "config.solid_queue.connects_to = { database: { writing: :queue } }",
    text: "The database of the queue. Rails 8 gives it one of its own, so an enqueue is not part of your data's transaction.",
    url: `${SOLID_QUEUE}#database-configuration`,
    place: "call",
  },
];
