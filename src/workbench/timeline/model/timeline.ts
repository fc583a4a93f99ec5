import type { EventType, SandboxEvent } from "../../../sandbox/events.ts";
import { count } from "../../format.ts";
import { Breaks } from "./breaks.ts";
import * as jobs from "./jobs.ts";
import {
  beat,
  createLane,
  DATABASE_LANE,
  laneOfProcess,
  openRegisteredLane,
  registeredLane,
} from "./lanes.ts";
import { forget } from "./forget.ts";
import { closeProcess } from "./process-end.ts";
import { addJob, addTransaction, Runs, touch } from "./runs.ts";
import { addRows } from "./transactions.ts";
import type { JobBar, MomentKind, TimelineState, TransactionMark } from "./types.ts";

type EventOf<Type extends EventType> = Extract<SandboxEvent, { type: Type }>;
type Handlers = { [Type in EventType]?: (event: EventOf<Type>) => void };

/** Heartbeats, and what they write, happen all the time; the axis may leave them out. */
const NOT_ACTIVITY = new Set<EventType>([
  "process.heartbeat",
  "rows.changed",
  "database.locks",
  "clock.advanced",
  "clock.frozen",
  "clock.unfrozen",
]);

export interface Timeline {
  readonly state: TimelineState;
  add(event: SandboxEvent): void;
}

/** Reads events one after the other; keeps what the newest 20,000 of them told. */
export function createTimeline(): Timeline {
  const state: TimelineState = {
    lanes: new Map([[DATABASE_LANE, createLane("database", { id: DATABASE_LANE })]]),
    requests: new Map(),
    jobs: new Map(),
    transactions: [],
    moments: [],
    breaks: [],
    runs: [],
    lastTime: 0,
  };
  const breaks = new Breaks();
  const handlers = handlersOf(state, breaks);
  const forgetOld = forget(state);

  return {
    state,
    add(event) {
      state.lastTime = Math.max(state.lastTime, event.time);
      if (!NOT_ACTIVITY.has(event.type)) breaks.note(event.time);
      (handlers[event.type] as ((event: SandboxEvent) => void) | undefined)?.(event);
      forgetOld(event.time);
    },
  };
}

function handlersOf(state: TimelineState, breaks: Breaks): Handlers {
  const runs = new Runs(state);
  const here = (event: SandboxEvent) => laneOfProcess(state, event);
  const moment = ({ seq, time }: SandboxEvent, kind: MomentKind, lane: string, text: string) =>
    state.moments.push({ seq, kind, time, lane, text });
  const job = (id: number, time: number): JobBar => {
    const known = jobs.jobOf(state, String(id));
    touch(known.run, time);
    return known;
  };
  const transactionOf = (id: string): TransactionMark | undefined =>
    state.transactions.findLast((known) => known.id === id);

  function enqueued(event: EventOf<"job.enqueued" | "job.scheduled">, dueAt: number | null) {
    const lane = here(event).id;
    const own = jobs.named(state, event.job);
    jobs.describe(own, event.job);
    jobs.enqueue(own, event, dueAt, lane);
    const run = runs.of(event.origin, lane, event.time);
    addJob(run, own);
    touch(run, event.time);
    const { transaction } = event.origin;
    const open = transaction === null ? undefined : transactionOf(transaction);
    if (!open) return;
    open.enqueued.push(own);
    open.origin ??= event.origin;
    addTransaction(run, open);
  }

  function performed(event: EventOf<"job.performed" | "job.aborted">) {
    const own = jobs.named(state, event.job);
    jobs.stopRunning(own, event.time);
    jobs.endInMemory(own, "finished", event.time);
    if (jobs.isInMemory(own)) touch(own.run, event.time);
  }

  function ended(event: EventOf<"transaction.committed" | "transaction.rolledBack">) {
    const mark = transactionOf(event.transaction);
    if (!mark || mark.end !== null) return;
    mark.until = event.time;
    mark.end = event.type === "transaction.committed" ? "committed" : "rolledBack";
    touch(mark.run, event.time);
    if (mark.run?.lane === mark.lane) mark.run.causeAt = event.time;
  }

  function savepointEnded(event: EventOf<"savepoint.released" | "savepoint.rolledBack">) {
    const mark = transactionOf(event.transaction);
    const savepoint = mark?.savepoints.findLast(({ id }) => id === event.savepoint);
    if (!savepoint) return;
    savepoint.until = event.time;
    savepoint.rolledBack = event.type === "savepoint.rolledBack";
  }

  return {
    "process.started": (event) => {
      if (event.kind === "web") here(event);
    },
    "process.registered": (event) => {
      openRegisteredLane(state, event);
    },
    "process.heartbeat": (event) => {
      const lane = openRegisteredLane(state, event);
      if (lane) beat(lane, event.time);
    },
    "process.deregistered": (event) => {
      const lane = state.lanes.get(registeredLane(event.pid, event.registeredId));
      if (lane && lane.until === null) Object.assign(lane, { until: event.time, end: "ended" });
    },
    "process.pruned": (event) => {
      const dead = [...state.lanes.values()].find(
        ({ pid, kind }) => pid === event.prunedPid && kind === event.kind.toLowerCase(),
      );
      if (dead) moment(event, "pruned", dead.id, `pruned by ${event.process}`);
    },
    "process.signaled": (event) => {
      if (event.signal !== "KILL") moment(event, "signal", here(event).id, event.signal);
    },
    "process.exited": (event) => {
      for (const lane of closeProcess(state, event)) moment(event, "killed", lane, "KILL");
    },

    "request.started": (event) => {
      const lane = here(event).id;
      const { requestId: id, method, path, time: from } = event;
      const bar = { id, lane, method, path, from, until: null, status: null, torn: false };
      state.requests.set(id, bar);
      runs.begin(lane, from).request = bar;
    },
    "request.finished": (event) => {
      const bar = state.requests.get(event.requestId);
      if (!bar) return;
      Object.assign(bar, { until: event.time, status: event.status });
      const run = state.runs.findLast(({ request }) => request === bar);
      touch(run ?? null, event.time);
      if (run && event.method !== "GET" && event.method !== "HEAD") run.worth = true;
    },

    "transaction.opened": (event) => {
      const { transaction: id, database, time: from } = event;
      const lane = here(event).id;
      state.transactions.push({
        ...{ id, database, lane, from, until: null, end: null, torn: false },
        ...{ bands: [], savepoints: [], enqueued: [], origin: null, run: null },
      });
    },
    "transaction.committed": ended,
    "transaction.rolledBack": ended,
    "savepoint.opened": (event) => {
      const { savepoint: id, time: from } = event;
      transactionOf(event.transaction)?.savepoints.push({
        id,
        from,
        until: null,
        rolledBack: false,
      });
    },
    "savepoint.released": savepointEnded,
    "savepoint.rolledBack": savepointEnded,
    statement: (event) => {
      const { origin, operation, table, rowCount, ids, time } = event;
      const own = jobs.performing(state, origin);
      if (own && rowCount === 0 && operation !== "insert") {
        own.empty.push({ time, operation, table, ids });
        if (own.empty.length > jobs.KEPT_EMPTY) own.empty.shift();
      }
      if (operation === "select") return;
      const run = runs.of(origin, here(event).id, time);
      touch(run, time);
      run.worth = true;
      const mark = origin.transaction === null ? undefined : transactionOf(origin.transaction);
      if (!mark) return;
      mark.origin ??= origin;
      addTransaction(run, mark);
      addRows(mark, event, time);
    },

    "job.enqueued": (event) => enqueued(event, null),
    "job.scheduled": (event) => enqueued(event, event.at),
    "job.dispatched": (event) => {
      const { jobIds, time, pid } = event;
      for (const id of jobIds) jobs.enter(job(id, time), "ready", time, null);
      const lanes = [...state.lanes.values()];
      const lane = lanes.find((known) => known.pid === pid && known.kind === "dispatcher");
      if (lane) moment(event, "dispatched", lane.id, `dispatched ${count(jobIds.length, "job")}`);
    },
    "job.claimed": (event) => {
      const lane = registeredLane(event.pid, event.registeredId);
      const known = state.lanes.has(lane) ? lane : here(event).id;
      jobs.enter(job(event.jobId, event.time), "claimed", event.time, known);
    },
    "job.started": (event) => {
      const own = jobs.named(state, event.job);
      jobs.describe(own, event.job);
      own.execution = event.execution;
      jobs.enter(own, "running", event.time, jobs.laneOf(own) ?? here(event).id);
      touch(own.run, event.time);
    },
    "job.performed": performed,
    "job.aborted": performed,
    "job.raised": (event) => {
      const own = jobs.named(state, event.job);
      own.error = event.error;
      jobs.stopRunning(own, event.time);
      jobs.endInMemory(own, "failed", event.time);
    },
    "job.finished": ({ jobId, time }) => jobs.end(job(jobId, time), "finished", time),
    "job.failed": ({ jobIds, error, time }) => {
      for (const id of jobIds) {
        const own = job(id, time);
        own.error = error;
        jobs.end(own, "failed", time);
      }
    },
    "job.retried": (event) => {
      const own = jobs.named(state, event.job);
      own.error = event.error ?? own.error;
      if (jobs.isInMemory(own)) jobs.retryInMemory(own);
      else jobs.end(own, "retried", event.time);
    },
    "job.discarded": (event) => {
      const own = jobs.named(state, event.job);
      own.error = event.error ?? own.error;
      jobs.end(own, "discarded", event.time);
    },
    "job.blocked": (event) => {
      const own = job(event.jobId, event.time);
      own.concurrencyKey = event.concurrencyKey;
      jobs.enter(own, "blocked", event.time, null);
    },
    "job.unblocked": ({ jobId, time }) => jobs.enter(job(jobId, time), "ready", time, null),
    "job.released": ({ jobIds, time }) => {
      for (const id of jobIds) jobs.enter(job(id, time), "ready", time, null);
    },

    "recurring.enqueued": (event) => {
      const what = event.skipped ? "was enqueued by another scheduler" : "enqueued";
      const lanes = [...state.lanes.values()].filter(({ pid }) => pid === event.pid);
      const lane = lanes.find(({ kind }) => kind === "scheduler") ?? here(event);
      moment(event, "recurring", lane.id, `${event.task} ${what}`);
    },
    "clock.advanced": ({ time, by }) => {
      state.breaks.push(...breaks.ofAdvance(time, by));
    },
  };
}
