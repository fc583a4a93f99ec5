/**
 * What a process may report, field by field. A learner's code runs in it, so nothing of it is taken
 * on trust; events of the sandbox itself (`process.exited`, `mail.delivered`, ...) are not among them.
 */
import * as z from "zod/mini";
import type { DatabaseEvent, EventBody } from "./events.ts";

/** Events that only the sandbox itself tells. */
type Own =
  | "process.started"
  | "process.signaled"
  | "process.exited"
  | "mail.delivered"
  | "clock.advanced"
  | "clock.frozen"
  | "clock.unfrozen"
  | DatabaseEvent["type"];

type ReportedType = Exclude<EventBody["type"], Own>;
type Schemas = {
  [Type in ReportedType]: z.ZodMiniType<Omit<Extract<EventBody, { type: Type }>, "type">>;
};

const text = z.string();
const number = z.number();
const id = z.int();
const ids = z.array(id);

const job = z.object({
  activeJobId: text,
  jobId: z.nullable(id),
  className: text,
  queueName: text,
});
const error = z.object({ className: text, message: text });
const registered = z.object({ registeredId: id, kind: text, name: text });
const transaction = z.object({ transaction: text, database: text });
const savepoint = z.extend(transaction, { savepoint: text });
const origin = z.object({
  requestId: z.nullable(text),
  jobId: z.nullable(id),
  activeJobId: z.nullable(text),
  transaction: z.nullable(text),
  location: z.nullable(z.object({ path: text, line: id })),
});
const enqueued = { job, origin, rowInTransaction: z.boolean() };
const request = { requestId: text, method: text, path: text };
const blocked = z.object({ jobId: id, concurrencyKey: text });
const outcome = { job, error: z.nullable(error) };

const SCHEMAS: Schemas = {
  "process.registered": registered,
  "process.heartbeat": registered,
  "process.deregistered": registered,
  "process.pruned": z.extend(registered, { prunedPid: id }),
  "job.enqueued": z.object(enqueued),
  "job.scheduled": z.object({ ...enqueued, at: number }),
  "job.dispatched": z.object({ jobIds: ids }),
  "job.claimed": z.object({ jobId: id, registeredId: id }),
  "job.started": z.object({ job, execution: number }),
  "job.performed": z.object({ job, duration: number }),
  "job.aborted": z.object({ job, duration: number }),
  "job.raised": z.object({ job, duration: number, error }),
  "job.finished": z.object({ jobId: id }),
  "job.failed": z.object({ jobIds: ids, error }),
  "job.retried": z.object({ ...outcome, at: number }),
  "job.discarded": z.object(outcome),
  "job.blocked": blocked,
  "job.unblocked": blocked,
  "job.released": z.object({ jobIds: ids }),
  "transaction.opened": transaction,
  "transaction.committed": transaction,
  "transaction.rolledBack": transaction,
  "savepoint.opened": savepoint,
  "savepoint.released": savepoint,
  "savepoint.rolledBack": savepoint,
  statement: z.object({
    operation: z.enum(["select", "insert", "update", "delete"]),
    table: text,
    database: text,
    rowCount: id,
    ids: z.nullable(z.array(z.union([number, text]))),
    duration: number,
    origin,
  }),
  "request.started": z.object(request),
  "request.finished": z.object({ ...request, status: number, duration: number }),
  "recurring.enqueued": z.object({ task: text, at: number, skipped: z.boolean() }),
  "code.reloaded": z.object({ paths: z.array(text) }),
};

/** Checks an event as a process reports it; fields that it should not have are dropped. @throws {z.core.$ZodError} */
export function parseEvent(value: unknown): EventBody {
  const { type } = EVENT.parse(value);
  if (!Object.hasOwn(SCHEMAS, type)) throw new TypeError(`“${type}” is no event of a process`);
  const body: object = SCHEMAS[type as ReportedType].parse(value);
  return { type, ...body } as EventBody;
}

const EVENT = z.object({ type: text });
