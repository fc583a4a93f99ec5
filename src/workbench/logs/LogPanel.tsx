import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LogLine } from "../../sandbox/sandbox.ts";
import { clockTime, count } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import { createLogBuffer } from "./log-buffer.ts";
import { ROW_HEIGHT, visibleRows } from "./window.ts";
import "./logs.css";

/** What the processes print, interleaved; only the lines in sight are in the page. */
export function LogPanel({ bench }: { bench: Bench }) {
  const { logs } = bench.sandbox;
  const buffer = useMemo(() => createLogBuffer(), [logs]);
  const [process, setProcess] = useState<string | null>(null);
  const [follow, setFollow] = useState(true);
  const [, redraw] = useState(0);
  const frame = useRef<number | null>(null);

  useEffect(() => {
    const draw = () => {
      frame.current ??= requestAnimationFrame(() => {
        frame.current = null;
        redraw((n) => n + 1);
      });
    };
    buffer.add(logs.history());
    draw();
    const unsubscribe = logs.subscribe((lines) => {
      buffer.add(lines);
      draw();
    });
    return () => {
      unsubscribe();
      if (frame.current !== null) cancelAnimationFrame(frame.current);
      frame.current = null;
    };
  }, [logs, buffer]);

  const lines = buffer.lines(process);
  return (
    <div class="wb-log">
      <div class="wb-row">
        <label>
          Process{" "}
          <select
            class="wb-select"
            value={process ?? ""}
            onChange={(event) => setProcess(event.currentTarget.value || null)}
          >
            <option value="">all</option>
            {buffer.processes().map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={follow}
            onChange={(event) => setFollow(event.currentTarget.checked)}
          />{" "}
          Follow
        </label>
        <button
          type="button"
          class="wb-btn small"
          onClick={() => {
            buffer.clear();
            redraw((n) => n + 1);
          }}
        >
          Clear
        </button>
        <span class="wb-quiet num">{count(lines.length, "line")}</span>
      </div>
      <LogLines lines={lines} follow={follow} onScrolledUp={() => setFollow(false)} />
    </div>
  );
}

interface LinesProps {
  lines: readonly LogLine[];
  follow: boolean;
  onScrolledUp(): void;
}

function LogLines({ lines, follow, onScrolledUp }: LinesProps) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const lastTop = useRef(0);

  useEffect(() => {
    const box = element.current;
    if (box && follow) box.scrollTop = box.scrollHeight;
  });

  // A hidden panel has no height: measure again when it is shown or resized.
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const observer = new ResizeObserver(() =>
      setView({ top: box.scrollTop, height: box.clientHeight }),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  function onScroll(event: Event) {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
    if (scrollTop < lastTop.current && scrollTop + clientHeight < scrollHeight - ROW_HEIGHT) {
      onScrolledUp();
    }
    lastTop.current = scrollTop;
    setView({ top: scrollTop, height: clientHeight });
  }

  const { from, to } = visibleRows(lines.length, view.top, view.height);
  return (
    <div
      class="wb-scroll"
      ref={element}
      onScroll={onScroll}
      tabIndex={0}
      role="log"
      aria-label="Log"
      aria-live="off"
    >
      <div style={{ height: `${lines.length * ROW_HEIGHT}px`, position: "relative" }}>
        <ol class="wb-lines" style={{ transform: `translateY(${from * ROW_HEIGHT}px)` }}>
          {lines.slice(from, to).map((line) => (
            <li key={line.seq} class={line.stream}>
              <span class="wb-quiet">{clockTime(line.time)}</span>
              <span class="wb-quiet">{line.process}</span>
              <span title={line.text}>{line.text}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
