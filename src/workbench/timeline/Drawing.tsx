import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";
import { Cursor, cursorAt } from "./Cursor.tsx";
import { marksOf, Picture } from "./draw/Picture.tsx";
import { InfoCard } from "./InfoCard.tsx";
import { createScale } from "./scene/scale.ts";
import { createScene } from "./scene/scene.ts";
import { geometryOf } from "./view/geometry.ts";
import { useKeys } from "./view/use-keys.ts";
import { usePointer } from "./view/use-pointer.ts";
import type { TimelineView } from "./view/view.ts";
import type { MarkInfo } from "./scene/types.ts";

interface Props {
  view: TimelineView;
  bench: Bench;
}

const HELP =
  "Timeline. Arrow keys move along time, plus and minus zoom, 0 fits the latest run. " +
  "Tab goes to the marks, and arrow keys from mark to mark.";

/** The drawing with all that can be done to it. */
export function Drawing({ view, bench }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [active, setActive] = useState<string | null>(null);
  const [pinned, setPinned] = useState<string | null>(null);
  const geometry = geometryOf(size.width, size.height);
  useSize(box, setSize);

  void view.version.value;
  const { state, now, window, run } = view;
  const { vertical, length, across } = geometry;
  const ofRun = view.follow.value === "run" && run.value !== null;
  const origin = run.value?.from ?? null;
  const options = { vertical, length, across, now: now.value, origin, ofRun };
  const scene = useMemo(
    () => (size.width > 0 ? createScene(state, { ...options, window: window.value }) : null),
    [view.version.value, window.value, length, across, vertical, ofRun],
  );
  const marks = useMemo(() => (scene ? marksOf(scene) : []), [scene]);
  const scale = createScale(window.value, state.breaks, length);
  const focusable = marks.find(({ info }) => info.id === pinned) ?? marks[0];
  const shown = marks.find(({ info }) => info.id === (active ?? pinned));

  /** Where a mark leads: a job to its panel, another to its line, where both can be seen at once. */
  function follow(info: MarkInfo) {
    setPinned(info.id);
    if (bench.layout.single.value) return;
    if (info.activeJobId !== null) bench.showJob(info.activeJobId);
    else if (info.location) bench.showInEditor(info.location);
  }

  const keys = useKeys({ view, svg, marks, vertical, follow, pin: setPinned });
  const pointer = usePointer({ view, box, svg, geometry, marks, follow, setActive });

  return (
    <div
      ref={box}
      class="tl-drawing"
      data-vertical={vertical}
      tabIndex={0}
      role="group"
      aria-label={HELP}
      {...keys}
      {...pointer}
    >
      {scene && (
        <>
          <Picture
            scene={scene}
            vertical={vertical}
            title={view.sentence.value.text}
            id="tl-live"
            live={{
              svgRef: svg,
              active: shown?.info.id ?? null,
              focusable: focusable?.info.id ?? null,
              nowAt: bench.asOf.value === null ? cursorAt(scale, now.value, length) : null,
            }}
          />
          <Cursor asOf={bench.asOf} scale={scale} marks={marks} geometry={geometry} view={view} />
          {shown && (
            <InfoCard
              key={shown.info.id}
              mark={shown}
              vertical={vertical}
              size={size}
              pinned={shown.info.id === pinned}
              bench={bench}
              onClose={() => setPinned(null)}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Follows the room that the drawing has. */
function useSize(
  box: { current: HTMLDivElement | null },
  setSize: (size: { width: number; height: number }) => void,
) {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () =>
      setSize({ width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
