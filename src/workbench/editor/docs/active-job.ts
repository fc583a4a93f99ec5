import { GUIDE, type DocEntry } from "./entry.ts";

const API = "https://api.rubyonrails.org/v8.0/classes/ActiveJob";

/** Active Job 8.0. */
export const ACTIVE_JOB: DocEntry[] = [
  {
    name: "perform",
    signature: "def perform(*args)",
    text: "What the job does when a worker runs it. Write it so that it may run twice, or stop in the middle.",
    url: `${GUIDE}#create-the-job`,
    place: "class",
    insert: "perform(${1:photo})\n  $0\nend",
  },
  {
    name: "perform_later",
    signature: "SomeJob.perform_later(*args)",
    text: "Enqueues the job and returns it at once, or false when a before_enqueue callback stopped it. Arguments are serialized now; a record is stored as a reference.",
    url: `${GUIDE}#enqueue-the-job`,
    place: "call",
    insert: "perform_later($1)",
  },
  {
    name: "perform_now",
    signature: "SomeJob.perform_now(*args)",
    text: "Runs the job here, in the caller, without a queue, and returns what perform returns.",
    url: `${GUIDE}#enqueue-the-job`,
    place: "call",
    insert: "perform_now($1)",
  },
  {
    name: "perform_all_later",
    signature: "ActiveJob.perform_all_later(*jobs)",
    text: "Enqueues many job instances in one go. Enqueue callbacks do not run.",
    url: `${GUIDE}#bulk-enqueuing`,
    place: "call",
    insert: "perform_all_later($1)",
  },
  {
    name: "set",
    signature:
      "SomeJob.set(wait: nil, wait_until: nil, queue: nil, priority: nil).perform_later(*args)",
    text: "Options for this one enqueue: when at the earliest, on which queue, with which priority.",
    url: `${API}/Core/ClassMethods.html#method-i-set`,
    place: "call",
    insert: "set(wait: ${1:10.minutes})",
  },
  {
    name: "queue_as",
    signature: "queue_as :default  # or queue_as { ... }",
    text: "The queue that jobs of this class go to. A block decides for each job.",
    url: `${GUIDE}#queues`,
    place: "class",
    insert: "queue_as :${1:default}",
  },
  {
    name: "queue_with_priority",
    signature: "queue_with_priority 10",
    text: "The priority of this class's jobs. In Solid Queue the smaller number goes first; the default is 0.",
    url: `${GUIDE}#priority`,
    place: "class",
    insert: "queue_with_priority ${1:10}",
  },
  {
    name: "retry_on",
    signature:
      "retry_on(*exceptions, wait: 3.seconds, attempts: 5, queue: nil, priority: nil, jitter: JITTER_DEFAULT) { |job, error| }",
    text: "Enqueues the job again when one of these exceptions is raised. `attempts` counts the first run too. After the last one the exception goes on to the queue, or to the block.",
    url: `${API}/Exceptions/ClassMethods.html#method-i-retry_on`,
    place: "class",
    insert: "retry_on ${1:StandardError}, wait: ${2::polynomially_longer}, attempts: ${3:5}",
  },
  {
    name: "discard_on",
    signature: "discard_on(*exceptions) { |job, error| }",
    text: "Drops the job when one of these exceptions is raised: no retry, no failed execution. Handlers are searched from the last to the first.",
    url: `${API}/Exceptions/ClassMethods.html#method-i-discard_on`,
    place: "class",
    insert: "discard_on ${1:ActiveJob::DeserializationError}",
  },
  {
    name: "rescue_from",
    signature: "rescue_from(*exceptions, with: nil) { |error| }",
    text: "Handles an exception of perform in a way of your own. What it handles does not fail the job.",
    url: `${GUIDE}#exceptions`,
    place: "class",
    insert: "rescue_from(${1:StandardError}) do |error|\n  $0\nend",
  },
  {
    name: "after_discard",
    signature: "after_discard { |job, error| }",
    text: "Runs when a job is given up: by discard_on, or when retry_on has no attempts left.",
    url: `${API}/Exceptions/ClassMethods.html#method-i-after_discard`,
    place: "class",
    insert: "after_discard do |job, error|\n  $0\nend",
  },
  {
    name: "enqueue_after_transaction_commit",
    signature: "self.enqueue_after_transaction_commit = false",
    text: "With true, perform_later inside a transaction waits for its commit, and is dropped with its rollback. In Rails 8.0 it is false unless you set it.",
    url: `${GUIDE}#transactional-integrity`,
    place: "class",
    insert: "self.enqueue_after_transaction_commit = ${1:true}",
  },
  {
    name: "queue_adapter",
    signature: "self.queue_adapter = :solid_queue",
    text: "The backend that runs the jobs of this class.",
    url: `${GUIDE}#setting-the-backend`,
    place: "class",
    insert: "self.queue_adapter = :${1:solid_queue}",
  },
  ...(["enqueue", "perform"] as const).flatMap((event) =>
    (["before", "around", "after"] as const).map((when): DocEntry => ({
      name: `${when}_${event}`,
      signature: `${when}_${event} { |job${when === "around" ? ", block" : ""}| }`,
      text: callbackText(when, event),
      url: `${GUIDE}#callbacks`,
      place: "class",
      insert:
        when === "around"
          ? `${when}_${event} do |job, block|\n  block.call$0\nend`
          : `${when}_${event} do |job|\n  $0\nend`,
    })),
  ),
  {
    name: "executions",
    signature: "executions # => Integer",
    text: "How many times this job has begun to run, this run included.",
    url: `${API}/Core.html`,
    place: "job",
  },
  {
    name: "job_id",
    signature: "job_id # => String",
    text: "The job's own id. It stays the same over all attempts, so it can serve as an idempotency key.",
    url: `${API}/Core.html`,
    place: "job",
  },
  {
    name: "arguments",
    signature: "arguments # => Array",
    text: "What perform was called with.",
    url: `${API}/Core.html`,
    place: "job",
  },
  {
    name: "queue_name",
    signature: "queue_name # => String",
    text: "The queue that this job is on.",
    url: `${API}/QueueName.html`,
    place: "job",
  },
  {
    name: "retry_job",
    signature: "retry_job(wait: nil, wait_until: nil, queue: nil, priority: nil)",
    text: "Enqueues this job again, usually from rescue_from.",
    url: `${API}/Exceptions.html#method-i-retry_job`,
    place: "job",
    insert: "retry_job(wait: ${1:5.minutes})",
  },
  {
    name: "successfully_enqueued?",
    signature: "job.successfully_enqueued? # => true or false",
    text: "Whether the backend took the job. Inside a transaction with enqueue_after_transaction_commit it says true before the job is stored.",
    url: `${API}/Enqueuing.html`,
    place: "call",
  },
];

function callbackText(when: "before" | "around" | "after", event: "enqueue" | "perform"): string {
  const moment = event === "enqueue" ? "the job is enqueued" : "the job runs";
  if (when === "around") return `Runs around the moment when ${moment}; call the block to go on.`;
  const stop = when === "before" ? " `throw :abort` stops it." : "";
  return `Runs ${when} ${moment}.${stop}`;
}
