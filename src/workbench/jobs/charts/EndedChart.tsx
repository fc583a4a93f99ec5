import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { EndedInterval } from "../../../sandbox/sandbox.ts";
import { clockTime, count, duration } from "../../format.ts";
import { createLiveQuery } from "../../live/live-query.ts";
import type { Bench } from "../../session/bench.ts";
import { StateMark } from "../../states/StateMark.tsx";
import { Bars } from "./Bars.tsx";
import { rangeUpTo, SPANS } from "./buckets.ts";

type Measure = "ended" | "time";

/** How many jobs ended, and how long they took from due to finished. */
export function EndedChart({ bench }: { bench: Bench }) {
  const { sandbox } = bench;
  const [spanIndex, setSpan] = useState(0);
  const [measure, setMeasure] = useState<Measure>("ended");
  const span = SPANS[spanIndex] ?? SPANS[0];
  const current = useRef(span);
  current.current = span;
  const query = useMemo(
    () =>
      createLiveQuery({
        events: sandbox.events,
        prefixes: ["job.finished", "job.failed", "clock."],
        interval: 1000,
        load: () => sandbox.queue.ended(rangeUpTo(sandbox.clock.now(), current.current)),
      }),
    [sandbox],
  );
  useEffect(() => () => query.dispose(), [query]);
  useEffect(() => query.refresh(), [query, spanIndex]);

  const series = query.data.value ?? [];
  return (
    <section class="wb-chart" aria-label="What ended">
      <div class="wb-chart-head">
        <select
          class="wb-select"
          aria-label="What the chart shows"
          value={measure}
          onChange={(event) => setMeasure(event.currentTarget.value as Measure)}
        >
          <option value="ended">Ended, each {span.each}</option>
          <option value="time">Due to finished, mean of each {span.each}</option>
        </select>
        <select
          class="wb-select"
          aria-label="How far back"
          value={spanIndex}
          onChange={(event) => setSpan(Number(event.currentTarget.value))}
        >
          {SPANS.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
        {measure === "ended" && (
          <span class="wb-chart-key">
            <StateMark state="finished" /> <StateMark state="failed" />
          </span>
        )}
      </div>
      <Bars
        label={summary(series, measure)}
        bars={series.map(({ at, finished, failed, meanMs, longestMs }) => ({
          at,
          solid: measure === "ended" ? finished : (meanMs ?? 0),
          crossed: measure === "ended" ? failed : 0,
          title:
            measure === "ended"
              ? `${clockTime(at, false)}: ${finished} finished, ${failed} failed`
              : `${clockTime(at, false)}: mean ${duration(meanMs ?? 0)}, longest ${duration(longestMs ?? 0)}`,
        }))}
        tick={measure === "ended" ? String : duration}
      />
    </section>
  );
}

function summary(series: readonly EndedInterval[], measure: Measure): string {
  const finished = series.reduce((sum, part) => sum + part.finished, 0);
  const failed = series.reduce((sum, part) => sum + part.failed, 0);
  if (measure === "ended") return `${count(finished, "job")} finished and ${failed} failed`;
  const longest = Math.max(0, ...series.map(({ longestMs }) => longestMs ?? 0));
  return `${count(finished, "job")} finished; the longest took ${duration(longest)}`;
}
