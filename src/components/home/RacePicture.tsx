import type { Run } from "../../workbench/race/run.ts";
import { StateIcon } from "../../workbench/states/StateMark.tsx";
import { BADGE, layOut, NARROW, scaleOf, WIDE, type Frame } from "./race-layout.ts";
import "./race.css";

interface Props {
  runs: readonly Run[];
  /** What happened, for those who do not see it. */
  title: string;
}

/** Both runs on one scale, drawn for two widths, of which the page shows one. Plays when it is put into the page. */
export function RacePictures({ runs, title }: Props) {
  return (
    <>
      <Picture frame={WIDE} runs={runs} title={title} />
      <Picture frame={NARROW} runs={runs} title={title} />
    </>
  );
}

function Picture({ frame, runs, title }: Props & { frame: Frame }) {
  const { name, width, left } = frame;
  const id = `race-${name}`;
  const perMs = scaleOf(runs, frame);
  return (
    <svg
      class={`race ${name}`}
      viewBox={`0 0 ${width} ${runs.length * 150}`}
      role="img"
      aria-labelledby={`${id}-title`}
      style={`--run:${width - left}px`}
    >
      <title id={`${id}-title`}>{title}</title>
      <defs>
        <marker
          id={`${id}-arrow`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path d="M.5.8 7.5 4 .5 7.2z" fill="context-stroke" />
        </marker>
      </defs>
      {runs.map((run, index) => (
        <g key={run.callback} transform={`translate(0 ${index * 150})`}>
          {index > 0 && <path d={`M0 0H${width}`} stroke="var(--line)" />}
          <RunDrawing run={run} frame={frame} perMs={perMs} arrow={`url(#${id}-arrow)`} />
          <rect class="veil" x={left - 2} y="14" width={width - left + 2} height="130" />
          <text x="16" y="28" class="callback">
            {run.callback}
          </text>
        </g>
      ))}
      <path class="head" d={`M${left} 30V${runs.length * 150 - 4}`} />
    </svg>
  );
}

interface DrawingProps {
  run: Run;
  frame: Frame;
  perMs: number;
  arrow: string;
}

function RunDrawing({ run, frame, perMs, arrow }: DrawingProps) {
  const { left } = frame;
  const at = layOut(run, frame, perMs);
  const { enqueued, started, ended, commit, verdict } = at;
  return (
    <>
      <text x="16" y="62" class="lane">
        web
      </text>
      <text x="16" y="108" class="lane">
        worker
      </text>
      <rect x={left} y="80" width={commit - left} height="50" class="too-early" />
      <CommitMark commit={commit} badge={at.badge} />
      <path d={`M${left + 8} 41H${left}V75H${left + 8}`} class="opened" />
      <path d={`M${commit - 8} 41H${commit}V75H${commit - 8}`} class="committed" />
      <rect
        x={left + 6}
        y="46"
        width={Math.max(2, at.responded - left - 6)}
        height="24"
        rx="2"
        fill="var(--running)"
      />
      <text x={left + 16} y="62.5" class="strong" fill="var(--on-running)">
        {at.request}
      </text>
      <path d={`M${enqueued} 70V90`} stroke="var(--ready)" stroke-width="2" marker-end={arrow} />
      <circle cx={enqueued} cy="70" r="4.5" class="enqueue" />
      <rect x={enqueued} y="92" width={started - enqueued} height="26" rx="2" class="waits" />
      <text x={(enqueued + started) / 2} y="109.5" class="waits-word">
        {at.waits}
      </text>
      <rect x={started} y="92" width={ended - started} height="26" fill="var(--running)" />
      <text x={started + 10} y="109.5" class="strong" fill="var(--on-running)">
        {at.runs}
      </text>
      <g transform={`translate(${ended - 13} 92)`}>
        <StateIcon state={run.end} size={26} />
      </g>
      {verdict && verdict.x > commit && commit - ended > 40 && (
        <path
          d={`M${ended + 18} 105H${commit - 5}`}
          class="measure"
          marker-start={arrow}
          marker-end={arrow}
        />
      )}
      {verdict && (
        <text x={verdict.x} y={verdict.y} class="verdict" fill={`var(--${run.end})`}>
          {verdict.text}
        </text>
      )}
      <text x={(left + commit) / 2} y="109.5" class="nothing">
        {at.nothing}
      </text>
    </>
  );
}

/** The moment of COMMIT; its word stands aside where the callback's name is in the way. */
function CommitMark({ commit, badge }: { commit: number; badge: number }) {
  return (
    <>
      <path d={`M${badge + 1} 36H${commit}V130`} class="committed line" />
      <g transform={`translate(${badge} 18)`}>
        <rect width={BADGE} height="20" rx="3" fill="var(--finished)" />
        <path d="M9 10l3.5 3.5 6-7" class="tick" />
        <text x="23" y="14.5" class="strong" fill="var(--on-finished)">
          COMMIT
        </text>
      </g>
    </>
  );
}
