import type { Ref } from "preact";
import type { Box, MarkInfo, Scene } from "../scene/types.ts";
import { Axis } from "./Axis.tsx";
import { Bands } from "./Bands.tsx";
import { Brackets, Flags } from "./Brackets.tsx";
import { frameOf, type Frame } from "./frame.ts";
import { Jobs } from "./Jobs.tsx";
import { LaneGround, LaneHeads } from "./Lanes.tsx";
import { Moments } from "./Moments.tsx";
import { Requests } from "./Requests.tsx";
import "./picture.css";

/** A mark with its place, in the order in which the keyboard goes through them. */
export interface PlacedMark extends Box {
  info: MarkInfo;
}

interface Props {
  scene: Scene;
  vertical: boolean;
  /** What the whole shows, for those who cannot see it. */
  title: string;
  /** Makes ids of patterns unique on the page. */
  id: string;
  /** Marks can be pointed at and focused; else the picture is one image. */
  live?: {
    svgRef: Ref<SVGSVGElement>;
    active: string | null;
    focusable: string | null;
    /** Where the grip of the cursor stands at now (px along time); null while it is at another moment. */
    nowAt: number | null;
  };
}

/** Every mark of a scene, by time. */
export function marksOf(scene: Scene): PlacedMark[] {
  const items = [
    ...scene.bars,
    ...scene.bands,
    ...scene.brackets,
    ...scene.jobs,
    ...scene.densities,
    ...scene.moments,
  ];
  return items
    .map(({ info, a0, a1, c0, c1 }) => ({ info, a0, a1, c0, c1 }))
    .filter(({ a0, a1 }) => a1 >= 0 && a0 <= scene.length)
    .sort((a, b) => a.info.time - b.info.time || a.c0 - b.c0);
}

/** The drawing of a scene at its own size: text is never scaled. */
export function Picture({ scene, vertical, title, id, live }: Props) {
  const frame = frameOf(scene, vertical);
  const body = vertical
    ? { x: 0, y: frame.head, width: frame.width, height: scene.length }
    : { x: frame.head, y: 0, width: scene.length, height: frame.height };
  const shared = { scene, frame, id };
  const active = live?.active && marksOf(scene).find(({ info }) => info.id === live.active);
  return (
    <svg
      ref={live?.svgRef}
      class="tl-picture"
      width={frame.width}
      height={frame.height}
      role={live ? "group" : "img"}
      aria-label={title}
    >
      <Patterns id={id} />
      <LaneHeads scene={scene} frame={frame} />
      <svg {...body} class="tl-body">
        <LaneGround scene={scene} frame={frame} />
        <Axis scene={scene} frame={frame} />
        <Bands {...shared} />
        <Brackets {...shared} />
        <Requests {...shared} />
        <Jobs {...shared} />
        <Moments {...shared} />
        <Flags {...shared} nowAt={live?.nowAt ?? null} />
        {live && <Targets {...shared} focusable={live.focusable} />}
        {active && <rect class="tl-active" {...grown(frame.rect(active))} rx={4} />}
      </svg>
    </svg>
  );
}

/** What every part of the picture is drawn from. */
export interface PartProps {
  scene: Scene;
  frame: Frame;
  id: string;
}

/** Smaller marks (px) are as large as this to point at. */
const LEAST_TARGET = 12;

/**
 * The places that can be pointed at and focused, over the drawing: the large ones below the small ones.
 * The drawing's own words are not theirs, so that each is named by all that it says.
 */
function Targets({ scene, frame, focusable }: PartProps & { focusable: string | null }) {
  const size = ({ a0, a1, c0, c1 }: Box) => (a1 - a0) * (c1 - c0);
  return (
    <g>
      {marksOf(scene)
        .sort((a, b) => size(b) - size(a))
        .map((mark) => (
          <rect
            key={mark.info.id}
            class="tl-target"
            {...frame.rect(atLeast(mark))}
            data-mark={mark.info.id}
            role="button"
            tabindex={focusable === mark.info.id ? 0 : -1}
            aria-label={[mark.info.title, ...mark.info.lines].join(", ")}
          />
        ))}
    </g>
  );
}

function atLeast({ a0, a1, c0, c1 }: Box): Box {
  const spare = Math.max(LEAST_TARGET - (a1 - a0), 0) / 2;
  return { a0: a0 - spare, a1: a1 + spare, c0, c1 };
}

const grown = ({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}) => ({
  x: x - 3,
  y: y - 3,
  width: width + 6,
  height: height + 6,
});

function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-hatch`}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="7" height="7" class="tl-hatch-ground" />
        <path d="M0 0V7" class="tl-hatch-line" />
      </pattern>
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
        <path d="M.5 .8 7.5 4 .5 7.2z" fill="context-stroke" />
      </marker>
    </defs>
  );
}
