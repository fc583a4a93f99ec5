import { useEffect, useRef } from "preact/hooks";
import { count } from "../../format.ts";
import type { Bench } from "../../session/bench.ts";
import { useVirtual, type VirtualList } from "../../virtual/use-virtual.ts";
import type { Board } from "../board.ts";
import { createItems, type Items } from "./items.ts";
import { JobLine } from "./JobLine.tsx";

/** Heights in px; the same stand in jobs.css. */
const LINE = 44;
const HEAD = 30;

/** The rows of the queue: only those in sight are in the page, only a stretch of them is loaded. */
export function JobList({ bench, board }: { bench: Bench; board: Board }) {
  const scroller = useRef<HTMLDivElement>(null);
  const stretch = board.stretch.data.value;
  const items = createItems(stretch?.total ?? 0, stretch?.groups ?? []);
  const list = useVirtual({
    count: items.length,
    size: (index) => ("group" in items.at(index) ? HEAD : LINE),
    scroller,
  });
  const grouped = items.length !== (stretch?.total ?? 0);
  useEffect(() => list.measure(), [list, grouped, stretch?.groups.length]);
  const lines = list.getVirtualItems();
  useFollowedStretch(items, lines[0]?.index ?? 0, board);
  void bench.attempts.revision.value;

  return (
    <div
      class="wb-job-table"
      role="table"
      aria-label="Jobs, newest first"
      aria-rowcount={items.length + 1}
    >
      <Head board={board} total={stretch?.total ?? 0} />
      <div
        class="wb-scroll wb-job-lines"
        role="rowgroup"
        ref={scroller}
        onKeyDown={(event) => moveFocus(event, items, list, scroller.current)}
      >
        <div role="presentation" style={{ height: `${list.getTotalSize()}px` }}>
          {lines.map(({ index, start }) => (
            <Line key={index} index={index} top={start} items={items} bench={bench} board={board} />
          ))}
        </div>
        {stretch && items.length === 0 && <Empty board={board} />}
      </div>
    </div>
  );
}

function Head({ board, total }: { board: Board; total: number }) {
  const all = board.selected.value === "all";
  return (
    <div class="wb-job wb-job-head" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <input
          type="checkbox"
          aria-label={`Select all ${count(total, "job")}`}
          checked={all}
          onChange={(event) => board.selectAll(event.currentTarget.checked)}
        />
      </span>
      <span role="columnheader">State</span>
      <span role="columnheader">Job</span>
      <span role="columnheader" class="wb-job-queue">
        Queue
      </span>
      <span role="columnheader" class="wb-job-time">
        When
      </span>
    </div>
  );
}

interface LineProps {
  index: number;
  top: number;
  items: Items;
  bench: Bench;
  board: Board;
}

function Line({ index, top, items, bench, board }: LineProps) {
  const item = items.at(index);
  const stretch = board.stretch.data.value;
  const style = { transform: `translateY(${top}px)` };
  if ("group" in item) {
    const { errorClass, count: n, message } = item.group;
    return (
      <div class="wb-job-group" role="row" aria-rowindex={index + 2} style={style}>
        <span role="cell">
          <b>{errorClass}</b>, {count(n, "job")}: {message}
        </span>
      </div>
    );
  }
  const row = stretch?.rows[item.row - stretch.offset];
  if (!row) {
    return (
      <div class="wb-job" role="row" aria-rowindex={index + 2} style={style}>
        <span role="cell" class="wb-quiet" />
      </div>
    );
  }
  const { selected, open } = board;
  return (
    <JobLine
      row={row}
      attempt={bench.attempts.log.ofRow(row.id)}
      index={index}
      top={top}
      open={open.value === row.activeJobId}
      selected={selected.value === "all" || selected.value.has(row.id)}
      locked={selected.value === "all"}
      onOpen={() => (open.value = row.activeJobId)}
      onSelect={(on) => board.select(row.id, on)}
    />
  );
}

function Empty({ board }: { board: Board }) {
  const { place: _place, grouped: _grouped, ...narrowing } = board.choice.value;
  const narrowed = Object.values(narrowing).some((value) => value !== null && value !== "");
  return (
    <div role="row">
      <p class="wb-empty" role="cell">
        {narrowed
          ? "No job is like that now."
          : "The queue is empty. Jobs appear here when something enqueues them."}
      </p>
    </div>
  );
}

/** Loads what is scrolled to. */
function useFollowedStretch(items: Items, first: number, board: Board): void {
  const item = items.length > 0 ? items.at(Math.min(first, items.length - 1)) : { row: 0 };
  const row = "row" in item ? item.row : 0;
  useEffect(() => {
    if (items.length > 0) board.look(row);
  }, [board, row, items.length]);
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Arrows go from job to job, past the end of what is drawn. */
function moveFocus(
  event: KeyboardEvent,
  items: Items,
  list: VirtualList,
  scroller: HTMLElement | null,
): void {
  const step = STEPS[event.key];
  const from = Number((event.target as HTMLElement).dataset["line"] ?? NaN);
  if (step === undefined || Number.isNaN(from) || items.length === 0) return;
  event.preventDefault();
  let to = Math.min(Math.max(from + step, 0), items.length - 1);
  if ("group" in items.at(to)) to = Math.min(Math.max(to + Math.sign(step), 0), items.length - 1);
  list.scrollToIndex(to);
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      scroller?.querySelector<HTMLElement>(`[data-line="${to}"]`)?.focus({ preventScroll: true }),
    ),
  );
}
