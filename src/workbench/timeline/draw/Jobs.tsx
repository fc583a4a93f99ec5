import { SHAPES } from "../../states/shapes.tsx";
import { STATES } from "../../states/states.ts";
import { widthOf } from "../scene/text.ts";
import type { JobItem, MeasureItem, SegmentItem } from "../scene/types.ts";
import type { Frame } from "./frame.ts";
import type { PartProps } from "./Picture.tsx";
import { tornEdge } from "./torn.ts";

const MARK = 22;

/** Jobs: a hollow bar while they wait, a solid one while they run, a shape where they end. */
export function Jobs({ scene, frame, id }: PartProps) {
  const threads = scene.jobs.length <= 60;
  return (
    <>
      {threads && (
        <g aria-hidden="true">
          {scene.jobs.map((job) => (
            <Thread key={job.info.id} job={job} frame={frame} id={id} />
          ))}
        </g>
      )}
      <g>
        {scene.densities.map((density) => (
          <g key={density.info.id} class="tl-density">
            {density.columns.map(({ a, size, share, failed }) => {
              const top = density.c1 - Math.max((density.c1 - density.c0) * share, 2);
              const column = { a0: a, a1: a + size, c0: top, c1: density.c1 };
              return (
                <g key={a}>
                  <rect class="tl-run" {...frame.rect(column)} />
                  {failed && (
                    <rect class="tl-bad" {...frame.rect({ ...column, c0: top - 5, c1: top })} />
                  )}
                </g>
              );
            })}
            <text class="tl-note" x={frame.x(8, density.c1)} y={frame.y(8, density.c1) + 14}>
              {density.label}
            </text>
          </g>
        ))}
        {scene.jobs.map((job) => (
          <g key={job.info.id}>
            <Job job={job} frame={frame} id={id} length={scene.length} />
            {frame.vertical && !isNarrow(job, scene.jobs, frame) && (
              <TurnedWords job={job} frame={frame} />
            )}
          </g>
        ))}
      </g>
    </>
  );
}

/** From the line that enqueued it to the job. */
function Thread({ job, frame, id }: { job: JobItem; frame: Frame; id: string }) {
  if (!job.thread) return null;
  const { a, fromC } = job.thread;
  return (
    <g class="tl-thread">
      <path d={frame.line(a, fromC, a, job.c0 - 1)} marker-end={`url(#${id}-arrow)`} />
      <circle cx={frame.x(a, fromC)} cy={frame.y(a, fromC)} r={4.5} />
    </g>
  );
}

interface JobProps {
  job: JobItem;
  frame: Frame;
  id: string;
  length: number;
}

function Job({ job, frame, id, length }: JobProps) {
  const { c0, c1, caption, captionState, look, measure } = job;
  const end = job.ends.at(-1);
  return (
    <>
      {job.segments.map((segment) => (
        <SegmentBar key={segment.a0} segment={segment} job={job} frame={frame} />
      ))}
      {isLate(job) && end && (
        <path
          class="tl-left"
          d={frame.line(job.segments.at(-1)?.a1 ?? 0, (c0 + c1) / 2, end.a, (c0 + c1) / 2)}
        />
      )}
      {look && (
        <g class="tl-look">
          <path d={frame.line(look.a, c0, look.a, look.toC)} marker-end={`url(#${id}-arrow)`} />
          {!frame.vertical && (
            <text x={Math.min(look.a + 8, length - widthOf(look.label))} y={frame.y(0, c0) - 10}>
              {look.label}
            </text>
          )}
        </g>
      )}
      {measure?.fits && <Measure measure={measure} job={job} frame={frame} id={id} />}
      {job.ends.map(({ a, kind }) => (
        <svg
          key={`${kind} ${a}`}
          class={`tl-end ${STATES[kind].colour}`}
          x={frame.x(a, (c0 + c1) / 2) - MARK / 2}
          y={frame.y(a, (c0 + c1) / 2) - MARK / 2}
          width={MARK}
          height={MARK}
          viewBox="0 0 16 16"
        >
          <circle class="tl-end-ground" cx="8" cy="8" r="7.8" />
          {SHAPES[kind]}
        </svg>
      ))}
      {caption && !frame.vertical && (
        <text
          class={`tl-note ${captionState}`}
          x={Math.max(captionAt(job, caption, length), 4)}
          y={frame.y(0, c1) + 14}
        >
          {caption}
        </text>
      )}
    </>
  );
}

/** Where it ended, if that is in sight; else where its bar begins. */
function captionAt(job: JobItem, caption: string, length: number): number {
  const running = job.segments.findLast(({ state }) => state === "running");
  const a = running?.a0 ?? job.a0;
  return Math.min(a, length - widthOf(caption) - 4);
}

/** Its end was told long after its process had died. */
const isLate = (job: JobItem) => {
  const last = job.segments.at(-1);
  const end = job.ends.at(-1);
  return last !== undefined && end !== undefined && last.torn && end.a - last.a1 > 4;
};

interface SegmentProps {
  segment: SegmentItem;
  job: JobItem;
  frame: Frame;
}

function SegmentBar({ segment, job, frame }: SegmentProps) {
  const { state, torn, label, a0, a1 } = segment;
  const box = { a0, a1, c0: job.c0, c1: job.c1 };
  const { x, y, width, height } = frame.rect(box);
  const solid = state === "running";
  const at = Math.max(x, 0) + Math.min(width, 1e6) / 2;
  return (
    <g class={`tl-segment ${state}`}>
      {torn ? (
        <path class="tl-bar" d={tornEdge(frame, box)} />
      ) : (
        <rect class="tl-bar" x={x} y={y} width={width} height={height} rx={solid ? 0 : 2} />
      )}
      {label && !frame.vertical && (
        <text
          class={solid ? "tl-strong on-run" : "tl-note"}
          x={solid ? Math.max(x, 0) + 8 : at}
          y={y + 16.5}
          text-anchor={solid ? "start" : "middle"}
        >
          {label}
        </text>
      )}
    </g>
  );
}

interface MeasureProps {
  measure: MeasureItem;
  job: JobItem;
  frame: Frame;
  id: string;
}

/** How much too early: an arrow to the COMMIT with the time on it. */
function Measure({ measure, job, frame, id }: MeasureProps) {
  const { a0, a1, label } = measure;
  const c = (job.c0 + job.c1) / 2;
  const middle = (a0 + a1) / 2;
  const width = widthOf(label) + 28;
  const x = frame.vertical
    ? Math.min(frame.x(0, job.c0) - 8, frame.width - width - 4)
    : middle - width / 2;
  const y = frame.vertical ? middle - 12 : frame.y(0, c) - 12;
  return (
    <g class="tl-measure">
      <path
        d={frame.line(a0, c, a1 - 4, c)}
        marker-start={`url(#${id}-arrow)`}
        marker-end={`url(#${id}-arrow)`}
      />
      <rect x={x} y={y} width={width} height={24} rx={12} />
      <text x={x + width / 2} y={y + 16.5} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}

/** Room (px) for the words to the right of a bar. */
const WORDS = 76;

/** Another bar, or the edge of the drawing, is where the words would stand. */
function isNarrow(job: JobItem, jobs: readonly JobItem[], frame: Frame): boolean {
  const isBeside = (other: JobItem) =>
    other.c0 >= job.c1 && other.c0 < job.c1 + WORDS && other.a0 < job.a1 && other.a1 > job.a0;
  return frame.x(0, job.c1) + WORDS > frame.width || jobs.some(isBeside);
}

/** On a phone the words stand to the right of the bar. */
function TurnedWords({ job, frame }: { job: JobItem; frame: Frame }) {
  const x = frame.x(0, job.c1) + 8;
  const words = job.segments
    .map(({ state, a0, a1 }) => ({
      text: state === "running" ? runWords(job) : WAITS[state],
      a: (a0 + a1) / 2,
      state,
    }))
    .filter(({ text }) => text !== "");
  const end = job.ends.at(-1);
  let last = -Infinity;
  const lines = [
    ...words.map(({ text, a, state }) => ({ text, a, className: state })),
    ...(end ? [{ text: STATES[end.kind].word, a: end.a + 4, className: end.kind }] : []),
  ].map((line) => {
    last = Math.max(line.a, last + 14);
    return { ...line, a: last };
  });
  return (
    <>
      {lines.map(({ text, a, className }) => (
        <text key={text} class={`tl-note strong ${className}`} x={x} y={a + 4}>
          {text}
        </text>
      ))}
    </>
  );
}

const WAITS = {
  scheduled: "scheduled",
  ready: "waits",
  blocked: "blocked",
  claimed: "",
  running: "",
};
const runWords = (job: JobItem) => (job.look ? "runs: 0 rows" : "runs");
