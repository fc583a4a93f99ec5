import type { SandboxEvent } from "../../../sandbox/events.ts";
import type { Lane, LaneKind, TimelineState } from "./types.ts";

export const DATABASE_LANE = "database";
/** Where jobs wait while no worker lives. */
export const QUEUE_LANE = "queue";
const KEPT_HEARTBEATS = 400;

const KINDS: Record<string, LaneKind> = {
  Worker: "worker",
  Dispatcher: "dispatcher",
  Scheduler: "scheduler",
};
const ORDER: LaneKind[] = [
  "web",
  "console",
  "database",
  "queue",
  "worker",
  "dispatcher",
  "scheduler",
];

export const registeredLane = (pid: number, registeredId: number) => `${pid}:${registeredId}`;

export function createLane(kind: LaneKind, fields: Partial<Lane> & { id: string }): Lane {
  return { kind, process: "", pid: 0, from: 0, until: null, end: null, heartbeats: [], ...fields };
}

/** The lane of a row in the queue's table of processes; null for a supervisor, which does no work. */
export function openRegisteredLane(
  state: TimelineState,
  event: SandboxEvent & { registeredId: number; kind: string },
): Lane | null {
  const kind = KINDS[event.kind];
  if (!kind) return null;
  const id = registeredLane(event.pid, event.registeredId);
  const { pid, process, time } = event;
  const lane = state.lanes.get(id) ?? createLane(kind, { id, pid, process, from: time });
  state.lanes.set(id, lane);
  return lane;
}

/** The lane in which code of the app runs: the web process, the console, or a worker. */
export function laneOfProcess(state: TimelineState, event: SandboxEvent): Lane {
  const { pid, process, time } = event;
  const known = [...state.lanes.values()].filter((lane) => lane.pid === pid);
  const own = known.find(({ kind }) => kind === "worker") ?? known[0];
  if (own) return own;
  const kind = process === "web" || process === "console" ? process : "worker";
  const lane = createLane(kind, { id: String(pid), pid, process, from: time });
  state.lanes.set(lane.id, lane);
  return lane;
}

export function beat(lane: Lane, time: number): void {
  lane.heartbeats.push(time);
  if (lane.heartbeats.length > KEPT_HEARTBEATS * 1.25) {
    lane.heartbeats = lane.heartbeats.slice(-KEPT_HEARTBEATS);
  }
}

/** From cause to effect: web and console, database, workers, then who moves jobs on. */
export function sortedLanes(lanes: Iterable<Lane>): Lane[] {
  return [...lanes].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.from - b.from || a.id.localeCompare(b.id),
  );
}

/** What a lane is called at its head, in two short lines; the database by the tables that are written. */
export function laneTitle(lane: Lane, tables: string[]): { name: string; detail: string } {
  if (lane.kind === "database") {
    return { name: "database", detail: tables.length === 1 ? `table ${tables[0]}` : "tables" };
  }
  if (lane.kind === "queue") return { name: "queue", detail: "no worker" };
  const isJobs = lane.process.startsWith("jobs");
  return { name: lane.kind, detail: isJobs ? `${lane.process}, ${lane.pid}` : `pid ${lane.pid}` };
}
