import type { EventBody, EventJob, EventOrigin, SandboxEvent } from "../../../sandbox/events.ts";

/** A line of the script that cannot be read. */
export class ScriptError extends Error {
  override name = "ScriptError";
}

interface Person {
  pid: number;
  process: string;
  request: string | null;
  transaction: string | null;
  /** The job it runs. */
  jobId: number | null;
}

/** Who can do something in a script; `worker-2` is a second worker. */
const PIDS: Record<string, number> = { web: 101, worker: 102, "worker-2": 104, console: 103 };
const LINE = /^(\d+)\s+([a-z0-9-]+)\s+(\w+)\s*(.*)$/;

/**
 * Events from a script of lines `ms who verb ...`, as an author writes them:
 *
 *     0 web request POST /photos
 *     20 web begin
 *     40 web insert photos 4
 *     96 web enqueue PhotoProcessingJob
 *     208 worker run
 *     240 worker select photos 4 none
 *     290 worker fail Couldn't find Photo 4
 *     640 web commit
 *     660 web respond 201
 *
 * Verbs: request, respond, begin, commit, rollback, insert, update, delete, select, enqueue, schedule
 * (with `in` and ms), claim, run, finish, fail, retry, discard, kill. A job is called by its number where
 * there is more than one: `enqueue MailJob #2`, `run #2`.
 * @throws ScriptError that names the line
 */
export function eventsOfScript(script: string): SandboxEvent[] {
  const reader = new Reader();
  for (const line of script.split("\n").map((text) => text.trim())) {
    if (line !== "" && !line.startsWith("#")) reader.read(line);
  }
  return reader.events;
}

class Reader {
  readonly events: SandboxEvent[] = [];
  readonly #people = new Map<string, Person>();
  readonly #jobs = new Map<number, EventJob>();
  #transactions = 0;

  read(line: string): void {
    const [, ms, who = "", verb = "", rest = ""] = LINE.exec(line) ?? [];
    const say = this.#verbs[verb];
    if (ms === undefined || !say || !(who in PIDS)) {
      throw new ScriptError(`“${line}” is no line of a timeline: write “ms who verb”.`);
    }
    const time = Number(ms);
    say(this.#person(who, time), rest, time);
  }

  #tell(person: Person, time: number, body: EventBody): void {
    const { pid, process } = person;
    this.events.push({ seq: this.events.length + 1, time, pid, process, ...body });
  }

  #person(name: string, time: number): Person {
    const known = this.#people.get(name);
    if (known) return known;
    const pid = PIDS[name] ?? 0;
    const process = name.startsWith("worker") ? `jobs-${name.endsWith("2") ? 2 : 1}` : name;
    const person = { pid, process, request: null, transaction: null, jobId: null };
    this.#people.set(name, person);
    if (name.startsWith("worker")) {
      this.#tell(person, Math.min(time, -1000), {
        ...{ type: "process.registered", registeredId: pid, kind: "Worker", name },
      });
    }
    return person;
  }

  #origin({ request: requestId, jobId, transaction }: Person): EventOrigin {
    const activeJobId = jobId === null ? null : `job-${jobId}`;
    return { requestId, jobId, activeJobId, transaction, location: null };
  }

  #job(rest: string): EventJob {
    const jobId = Number(/#(\d+)/.exec(rest)?.[1] ?? 1);
    const known = this.#jobs.get(jobId);
    const className = rest.replace(/#\d+|in \d+/g, "").trim();
    if (known && className === "") return known;
    const job = known ?? { activeJobId: `job-${jobId}`, jobId, className, queueName: "default" };
    this.#jobs.set(jobId, job);
    return job;
  }

  #statement(operation: "insert" | "update" | "delete" | "select") {
    return (person: Person, rest: string, time: number) => {
      const [table = "", id = "", none = ""] = rest.split(/\s+/);
      this.#tell(person, time, {
        ...{ type: "statement", operation, table, database: "primary", duration: 1 },
        rowCount: none === "none" ? 0 : 1,
        ids: [id],
        origin: this.#origin(person),
      });
    };
  }

  #transactionEnd(type: "transaction.committed" | "transaction.rolledBack") {
    return (person: Person, _: string, time: number) => {
      const transaction = person.transaction ?? "";
      this.#tell(person, time, { type, transaction, database: "primary" });
      person.transaction = null;
    };
  }

  /** The job's code ends, and then its row. */
  #end(type: "job.finished" | "job.failed" | "job.retried" | "job.discarded") {
    return (person: Person, rest: string, time: number) => {
      const job = this.#job(/#\d+/.exec(rest)?.[0] ?? `#${person.jobId ?? 1}`);
      const jobId = job.jobId ?? 0;
      const error = { className: "Error", message: rest.replace(/#\d+/, "").trim() };
      person.jobId = null;
      if (type === "job.finished") {
        this.#tell(person, time, { type: "job.performed", job, duration: 0 });
        return this.#tell(person, time, { type, jobId });
      }
      this.#tell(person, time, { type: "job.raised", job, duration: 0, error });
      if (type === "job.failed") return this.#tell(person, time, { type, jobIds: [jobId], error });
      if (type === "job.retried") return this.#tell(person, time, { type, job, error, at: time });
      this.#tell(person, time, { type, job, error });
    };
  }

  readonly #verbs: Record<string, (person: Person, rest: string, time: number) => void> = {
    request: (person, rest, time) => {
      const [method = "GET", path = "/"] = rest.split(/\s+/);
      person.request = `${person.pid}:${time}`;
      this.#tell(person, time, {
        type: "request.started",
        requestId: person.request,
        method,
        path,
      });
    },
    respond: (person, rest, time) => {
      const requestId = person.request ?? "";
      const begun = this.events.find(
        (event) => event.type === "request.started" && event.requestId === requestId,
      );
      if (begun?.type !== "request.started")
        throw new ScriptError("There is no request to respond to.");
      const { method, path } = begun;
      const duration = time - begun.time;
      const status = Number(rest) || 200;
      this.#tell(person, time, {
        type: "request.finished",
        requestId,
        method,
        path,
        status,
        duration,
      });
      person.request = null;
    },
    begin: (person, _, time) => {
      person.transaction = `transaction-${++this.#transactions}`;
      const { transaction } = person;
      this.#tell(person, time, { type: "transaction.opened", transaction, database: "primary" });
    },
    commit: this.#transactionEnd("transaction.committed"),
    rollback: this.#transactionEnd("transaction.rolledBack"),
    insert: this.#statement("insert"),
    update: this.#statement("update"),
    delete: this.#statement("delete"),
    select: this.#statement("select"),
    enqueue: (person, rest, time) => {
      const origin = this.#origin(person);
      this.#tell(person, time, {
        ...{ type: "job.enqueued", job: this.#job(rest), origin, rowInTransaction: false },
      });
    },
    schedule: (person, rest, time) => {
      const at = time + Number(/in (\d+)/.exec(rest)?.[1] ?? 0);
      const origin = this.#origin(person);
      this.#tell(person, time, {
        ...{ type: "job.scheduled", job: this.#job(rest), at, origin, rowInTransaction: false },
      });
    },
    claim: (person, rest, time) => {
      const jobId = this.#job(rest).jobId ?? 0;
      this.#tell(person, time, { type: "job.claimed", jobId, registeredId: person.pid });
    },
    run: (person, rest, time) => {
      const job = this.#job(rest);
      person.jobId = job.jobId;
      this.#tell(person, time, { type: "job.started", job, execution: 1 });
    },
    finish: this.#end("job.finished"),
    fail: this.#end("job.failed"),
    retry: this.#end("job.retried"),
    discard: this.#end("job.discarded"),
    kill: (person, _, time) => {
      const { transaction } = person;
      if (transaction !== null) this.#transactionEnd("transaction.rolledBack")(person, "", time);
      const exit = { code: null, signal: "KILL", reason: "killed by SIGKILL" } as const;
      this.#tell(person, time, { type: "process.exited", exit });
    },
  };
}
