import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";
import { createLogBuffer, EVERYTHING, type LogFilter } from "./log-buffer.ts";
import { LogLines } from "./LogLines.tsx";
import "./logs.css";
import { LogTools } from "./LogTools.tsx";

/** What the processes print, interleaved; only the lines in sight are in the page. */
export function LogPanel({ bench }: { bench: Bench }) {
  const { logs } = bench.sandbox;
  const buffer = useMemo(() => createLogBuffer(), [logs]);
  const [filter, setFilter] = useState<LogFilter>(EVERYTHING);
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

  return (
    <div class="wb-log">
      <LogTools
        buffer={buffer}
        filter={filter}
        onFilter={(next) => {
          buffer.filter(next);
          setFilter(next);
        }}
        follow={follow}
        onFollow={setFollow}
        onClear={() => {
          buffer.clear();
          redraw((n) => n + 1);
        }}
      />
      <LogLines
        lines={buffer.shown()}
        follow={follow}
        onScrolledUp={() => setFollow(false)}
        onShow={bench.showInEditor}
      />
    </div>
  );
}
