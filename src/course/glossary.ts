/** A term of the field, as this course uses it. */
export interface Term {
  /** Anchor on the glossary page: `#claim`. */
  id: string;
  term: string;
  /** Other forms that mean the same in a text: `claims`, `claimed`. */
  forms: readonly string[];
  /** One or two sentences. */
  definition: string;
}

/** In alphabetical order. True for Rails 8.0 and Solid Queue 1.1. */
export const GLOSSARY: readonly Term[] = [
  {
    id: "active-job",
    term: "Active Job",
    forms: [],
    definition:
      "The part of Rails with which you write and enqueue jobs. It hands them to a queueing backend through an adapter, so the job classes stay the same when the backend changes.",
  },
  {
    id: "adapter",
    term: "adapter",
    forms: ["adapters"],
    definition:
      "What stands between Active Job and a backend. There is one for each backend, and a setting names it: config.active_job.queue_adapter.",
  },
  {
    id: "job",
    term: "background job",
    forms: ["background jobs"],
    definition:
      "A piece of work that runs outside the web request. In Rails: a class with a perform method.",
  },
  {
    id: "backoff",
    term: "backoff",
    forms: [],
    definition:
      "Waiting longer before each further attempt, so that a service that is down is not asked all the time.",
  },
  {
    id: "blocked",
    term: "blocked execution",
    forms: ["blocked executions"],
    definition:
      "A job that waits because another job with the same concurrency key is running or waiting before it. The class of the job names the key, with limits_concurrency.",
  },
  {
    id: "callback",
    term: "callback",
    forms: ["callbacks"],
    definition:
      "A method that Rails calls by itself at a certain moment, such as after_create_commit when a new record is stored for good.",
  },
  {
    id: "claim",
    term: "claim",
    forms: ["claims", "claimed"],
    definition:
      "A worker claims a job by moving its row from the ready executions to the claimed ones, in one transaction. After that no other worker takes it.",
  },
  {
    id: "commit",
    term: "commit",
    forms: ["commits", "committed"],
    definition:
      "The end of a transaction that keeps its changes. Only from then on can other processes see them.",
  },
  {
    id: "cron",
    term: "cron",
    forms: [],
    definition:
      "A program of Unix that runs commands by the clock. Its lines of five fields, such as 0 9 * * 1-5, are also understood by Solid Queue.",
  },
  {
    id: "crontab",
    term: "crontab",
    forms: [],
    definition:
      "The table that cron reads: on each line five fields and a command. The command crontab -l shows it.",
  },
  {
    id: "discard",
    term: "discard",
    forms: ["discards", "discarded"],
    definition:
      "To give a job up on purpose, without counting it as failed: with discard_on in the class, or with the dashboard’s button.",
  },
  {
    id: "dispatcher",
    term: "dispatcher",
    forms: ["dispatchers"],
    definition:
      "The Solid Queue process that moves scheduled jobs to the ready ones when their time has come, and releases blocked jobs.",
  },
  {
    id: "enqueue",
    term: "enqueue",
    forms: ["enqueues", "enqueued", "enqueuing"],
    definition: "To write a job into the queue. The code of the job does not run then.",
  },
  {
    id: "execution",
    term: "execution",
    forms: ["executions"],
    definition:
      "Solid Queue’s word for the state of a job: a row in the table of ready, scheduled, claimed, blocked or failed executions. In Active Job, a job’s executions method says how often it has run.",
  },
  {
    id: "failed",
    term: "failed execution",
    forms: ["failed executions"],
    definition:
      "A job that raised an error nobody handled, or whose process died. It stays until somebody retries or discards it.",
  },
  {
    id: "fugit",
    term: "Fugit",
    forms: [],
    definition:
      "The Ruby library with which Solid Queue reads schedules. It knows cron’s lines, some signs of its own, time zones, and some English.",
  },
  {
    id: "global-id",
    term: "GlobalID",
    forms: ["GlobalIDs"],
    definition:
      "An address of a record, such as gid://photo-app/Photo/1. It is what Active Job stores when a record is an argument; the record is loaded again when the job runs.",
  },
  {
    id: "heartbeat",
    term: "heartbeat",
    forms: ["heartbeats"],
    definition:
      "The time that a process writes into its row again and again to show that it is alive. A process whose heartbeat is missing for too long is pruned.",
  },
  {
    id: "idempotency-key",
    term: "idempotency key",
    forms: ["idempotency keys"],
    definition:
      "A text that is sent along with a request, the same for each attempt. It tells the other side that this has been done already, so that it is done only once.",
  },
  {
    id: "idempotent",
    term: "idempotent",
    forms: ["idempotency"],
    definition:
      "An operation that may run twice, or stop in the middle and run again, and leaves the same result as one complete run.",
  },
  {
    id: "jitter",
    term: "jitter",
    forms: [],
    definition:
      "A random share added to the wait before a retry, so that many failed jobs do not all come back in the same moment.",
  },
  {
    id: "latency",
    term: "latency",
    forms: [],
    definition: "How long the oldest ready job of a queue has been waiting.",
  },
  {
    id: "pause",
    term: "pause",
    forms: ["pauses", "paused"],
    definition:
      "To tell workers to take no more jobs from a queue. What they have in hand, they finish.",
  },
  {
    id: "perform",
    term: "perform",
    forms: ["performs", "performed"],
    definition: "To run a job: to call the perform method of its class with the stored arguments.",
  },
  {
    id: "poll",
    term: "poll",
    forms: ["polls", "polling"],
    definition:
      "To look again and again whether there is something to do. A Solid Queue worker polls for ready jobs, a dispatcher for scheduled ones that are due.",
  },
  {
    id: "priority",
    term: "priority",
    forms: ["priorities"],
    definition:
      "A number that orders the jobs of a queue. In Solid Queue the smaller number comes first.",
  },
  {
    id: "process",
    term: "process",
    forms: ["processes"],
    definition:
      "A running program with memory of its own. The web server and the workers are separate processes: they share the database, nothing else.",
  },
  {
    id: "prune",
    term: "prune",
    forms: ["prunes", "pruned"],
    definition:
      "To remove a process from the queue’s table when its heartbeat has been missing for too long, and to mark the jobs it had claimed as failed.",
  },
  {
    id: "queue",
    term: "queue",
    forms: ["queues"],
    definition:
      "A named line of jobs that wait for a worker. In Solid Queue it is a column with the queue’s name, not a table of its own.",
  },
  {
    id: "backend",
    term: "queueing backend",
    forms: ["queueing backends"],
    definition:
      "What stores jobs and runs them: Solid Queue, Sidekiq, GoodJob and others. Active Job is the interface; the backend does the work.",
  },
  {
    id: "race",
    term: "race condition",
    forms: ["race conditions"],
    definition:
      "A fault that shows only when two processes happen to do things in a certain order, such as a worker that looks for a photo before the photo is committed.",
  },
  {
    id: "ready",
    term: "ready execution",
    forms: ["ready executions"],
    definition: "A job that waits for a worker and may be claimed now.",
  },
  {
    id: "recurring",
    term: "recurring task",
    forms: ["recurring tasks"],
    definition:
      "A job that is enqueued by the clock, again and again, as config/recurring.yml says.",
  },
  {
    id: "redis",
    term: "Redis",
    forms: [],
    definition:
      "A server that keeps data in its memory, and writes it to the disk as often as it is set up to. Sidekiq and Resque keep their jobs in it.",
  },
  {
    id: "retry",
    term: "retry",
    forms: ["retries", "retried"],
    definition:
      "To run a job again after it raised an error: by retry_on in its class, or by hand with the dashboard’s button.",
  },
  {
    id: "rollback",
    term: "rollback",
    forms: ["rolled back", "rolls back"],
    definition:
      "The end of a transaction that takes all its changes back, as if they had never been made.",
  },
  {
    id: "scheduled",
    term: "scheduled execution",
    forms: ["scheduled executions"],
    definition: "A job that may not run before a certain time. The dispatcher makes it ready then.",
  },
  {
    id: "scheduler",
    term: "scheduler",
    forms: ["schedulers"],
    definition: "The Solid Queue process that enqueues recurring tasks when they are due.",
  },
  {
    id: "semaphore",
    term: "semaphore",
    forms: ["semaphores"],
    definition:
      "A counter in the database that says how many more jobs with the same concurrency key may run now.",
  },
  {
    id: "serialize",
    term: "serialize",
    forms: ["serializes", "serialized", "serialization"],
    definition:
      "To turn arguments into text that can be stored, and back into Ruby when the job runs.",
  },
  {
    id: "signal",
    term: "signal",
    forms: ["signals"],
    definition:
      "A short message from the operating system to a process. TERM asks it to finish and stop; KILL ends it at once, and no code of it runs any more.",
  },
  {
    id: "supervisor",
    term: "supervisor",
    forms: ["supervisors"],
    definition:
      "The Solid Queue process that starts workers, dispatchers and schedulers, and replaces one that dies.",
  },
  {
    id: "sweeper",
    term: "sweeper",
    forms: ["sweepers"],
    definition:
      "A recurring job that looks in the app’s own tables for work that should be done by now and is not, and enqueues it again.",
  },
  {
    id: "transaction",
    term: "transaction",
    forms: ["transactions"],
    definition:
      "Several changes to a database that are kept together or not at all. Nobody else sees them before the commit.",
  },
  {
    id: "worker",
    term: "worker",
    forms: ["workers"],
    definition:
      "A process that claims jobs from queues and performs them, several at a time where it has several threads.",
  },
];
