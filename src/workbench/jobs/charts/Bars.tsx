import { useEffect, useRef, useState } from "preact/hooks";
import { clockTime } from "../../format.ts";
import { roundUp } from "./buckets.ts";

export interface Bar {
  at: number;
  solid: number;
  /** Stands on the solid part, hollow and crossed. */
  crossed: number;
  title: string;
}

interface Props {
  /** Says the whole in a sentence. */
  label: string;
  bars: readonly Bar[];
  tick(value: number): string;
}

const HEIGHT = 78;
const TOP = 8;
const LEFT = 44;

/** Bars over time, drawn in px: as wide as there is room, with text of one size. */
export function Bars({ label, bars, tick }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(svg);
  const top = roundUp(Math.max(1, ...bars.map(({ solid, crossed }) => solid + crossed)));
  const slot = (width - LEFT) / Math.max(1, bars.length);
  const y = (value: number) => TOP + HEIGHT * (1 - value / top);
  const every = Math.max(1, Math.round(bars.length / 4));
  return (
    <svg
      ref={svg}
      class="wb-plot"
      height={TOP + HEIGHT + 20}
      viewBox={`0 0 ${width} ${TOP + HEIGHT + 20}`}
      role="img"
      aria-label={label}
    >
      {[0, top / 2, top].map((value) => (
        <path key={value} class="wb-grid" d={`M${LEFT} ${y(value)}H${width}`} />
      ))}
      <text x={LEFT - 6} y={y(0) + 4} text-anchor="end">
        0
      </text>
      <text x={LEFT - 6} y={y(top) + 4} text-anchor="end">
        {tick(top)}
      </text>
      {bars.map(({ at, solid, crossed, title }, index) => {
        const x = LEFT + index * slot + slot * 0.18;
        const barWidth = slot * 0.64;
        return (
          <g key={at}>
            <title>{title}</title>
            <rect
              class="wb-bar-solid"
              x={x}
              y={y(solid)}
              width={barWidth}
              height={y(0) - y(solid)}
            />
            {crossed > 0 && (
              <Crossed x={x} width={barWidth} y={y(solid + crossed)} height={y(0) - y(crossed)} />
            )}
            {index % every === 0 && (
              <text x={x} y={TOP + HEIGHT + 16}>
                {clockTime(at, false).slice(0, 5)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** The width (px) of an element, kept true; the usual one before it is known. */
function useWidth(element: { readonly current: Element | null }): number {
  const [width, setWidth] = useState(552);
  useEffect(() => {
    const observed = element.current;
    if (!observed) return;
    const observer = new ResizeObserver(([entry]) => {
      // A hidden panel has none.
      if (entry && entry.contentRect.width > 0) setWidth(Math.max(entry.contentRect.width, 120));
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

function Crossed(box: { x: number; y: number; width: number; height: number }) {
  const height = Math.max(2, box.height - 2);
  const [left, upper, right, lower] = [box.x + 1, box.y, box.x + box.width - 1, box.y + height];
  return (
    <g class="wb-bar-crossed">
      <rect x={left} y={upper} width={right - left} height={height} />
      <path d={`M${left} ${upper}L${right} ${lower}M${right} ${upper}L${left} ${lower}`} />
    </g>
  );
}
