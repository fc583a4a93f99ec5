import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { FailureGroup, JobFilter, JobRow, JobState } from "../../sandbox/sandbox.ts";
import { createLiveQuery, type LiveQuery } from "../live/live-query.ts";
import type { Bench } from "../session/bench.ts";

/** What the list shows: rows in one state, all, or those that `discard_on` gave up. */
export type StateChoice = JobState | "discarded" | null;
/** What stands where the list is. */
export type Place = "jobs" | "recurring" | "limits" | "times";

/** Stretch of sandbox time (ms); null where it is open. */
export interface Period {
  from: number | null;
  before: number | null;
}

export interface Choice {
  place: Place;
  state: StateChoice;
  queueName: string | null;
  className: string | null;
  search: string;
  /** Only what finished or failed then; null for all. A choice of what waits or runs takes it away. */
  ended: Period | null;
  /** Only the jobs of that recurring task. */
  recurringTask: string | null;
  /** Failed jobs under the exception that they raised. */
  grouped: boolean;
}

/** A stretch of the list, as far as it is loaded. */
export interface Stretch {
  rows: JobRow[];
  /** Place of the first row in the whole list. */
  offset: number;
  total: number;
  /** In the order of the rows; empty when they are not grouped. */
  groups: FailureGroup[];
  /** Of all states, under the same filter. */
  counts: Record<JobState, number>;
  discarded: number;
}

export interface Board {
  choice: ReadonlySignal<Choice>;
  choose(part: Partial<Choice>): void;
  /** The choice as the queue's filter; the state included. */
  filter(): JobFilter;
  stretch: LiveQuery<Stretch>;
  /** Loads the stretch in which these rows lie. */
  look(first: number): void;
  /** Ids of the selected rows, or all that the filter means. */
  selected: ReadonlySignal<ReadonlySet<number> | "all">;
  select(id: number, on: boolean): void;
  selectAll(on: boolean): void;
  /** Active Job's id of the job in the detail. */
  open: Signal<string | null>;
  dispose(): void;
}

/** True of a choice whose rows may have an end. */
export const canHaveEnded = (state: StateChoice): boolean =>
  state === null || state === "finished" || state === "failed" || state === "discarded";

/** So many rows are loaded at once; the list jumps in steps of a quarter. */
const STRETCH = 240;
const STEP = STRETCH / 4;
const EVENTS = ["job.", "process.", "clock.", "recurring."];

/** What the learner looks at in the queue, and the rows for it. */
export function createBoard(bench: Bench): Board {
  const { sandbox, attempts, layout } = bench;
  const nothing: Choice = {
    place: "jobs",
    state: null,
    queueName: null,
    className: null,
    search: "",
    ended: null,
    recurringTask: null,
    grouped: false,
  };
  const choice = signal(nothing);
  const selected = signal<ReadonlySet<number> | "all">(new Set());
  const open = signal<string | null>(null);
  let offset = 0;

  const unstated = computed((): JobFilter => {
    const { queueName, className, search, ended, recurringTask } = choice.value;
    return {
      ...(queueName !== null && { queueName }),
      ...(className !== null && { className }),
      ...(search.trim() !== "" && { search }),
      ...(ended?.from != null && { endedFrom: ended.from }),
      ...(ended?.before != null && { endedBefore: ended.before }),
      ...(recurringTask !== null && { recurringTask }),
    };
  });

  function stated(): JobFilter {
    const { state } = choice.value;
    if (state === null) return unstated.value;
    if (state !== "discarded") return { ...unstated.value, states: [state] };
    return { ...unstated.value, states: ["finished"], ids: [...attempts.log.discardedRows()] };
  }

  async function load(): Promise<Stretch> {
    const known = stretch?.data.peek();
    if (known && !layout.isVisible("jobs")) return known;
    const { state, grouped } = choice.peek();
    const { queue } = sandbox;
    const filter = stated();
    const byError = grouped && state === "failed";
    const ids = [...attempts.log.discardedRows()];
    const [counts, discarded, groups, rows] = await Promise.all([
      queue.counts(unstated.peek()),
      ids.length === 0 ? 0 : queue.counts({ ...unstated.peek(), ids }).then((n) => n.finished),
      byError ? queue.failures(filter) : [],
      queue.jobs({ ...filter, order: byError ? "error" : "newest", limit: STRETCH, offset }),
    ]);
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const total = state === null ? all : state === "discarded" ? discarded : counts[state];
    groups.sort((a, b) => (a.errorClass < b.errorClass ? -1 : 1));
    return { rows, offset, total, groups, counts, discarded };
  }

  const stretch: LiveQuery<Stretch> = createLiveQuery({
    events: sandbox.events,
    prefixes: EVENTS,
    load,
  });
  const stopWatching = effect(() => {
    if (layout.isVisible("jobs")) stretch.refresh();
  });

  return {
    choice,
    choose(part) {
      batch(() => {
        const next = { ...choice.value, ...part };
        choice.value = canHaveEnded(next.state) ? next : { ...next, ended: null };
        selected.value = new Set();
      });
      offset = 0;
      stretch.refresh();
    },
    filter: stated,
    stretch,
    look(first) {
      const wanted = Math.max(0, (Math.floor(first / STEP) - 1) * STEP);
      if (wanted === offset) return;
      offset = wanted;
      stretch.refresh();
    },
    selected,
    select(id, on) {
      const next = new Set(selected.value === "all" ? [] : selected.value);
      if (on) next.add(id);
      else next.delete(id);
      selected.value = next;
    },
    selectAll: (on) => (selected.value = on ? "all" : new Set()),
    open,
    dispose() {
      stopWatching();
      stretch.dispose();
    },
  };
}
