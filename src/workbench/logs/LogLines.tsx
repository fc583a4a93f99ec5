import { Component } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LogLine, SourceLocation } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";
import { levelOf } from "./level.ts";
import { piecesOf } from "./places.ts";
import { ROW_HEIGHT, visibleRows } from "./window.ts";

interface Props {
  lines: readonly LogLine[];
  follow: boolean;
  onScrolledUp(): void;
  onShow(place: SourceLocation): void;
}

/** The lines in sight. All lines have one height, so that no other need be measured. */
export function LogLines({ lines, follow, onScrolledUp, onShow }: Props) {
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
    const drawn = visibleRows(lines.length, view.top, view.height);
    const next = visibleRows(lines.length, scrollTop, clientHeight);
    if (drawn.from !== next.from || drawn.to !== next.to) {
      setView({ top: scrollTop, height: clientHeight });
    }
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
          {/* By place, not by line: taking elements out and in makes browsers style the whole page anew. */}
          {lines.slice(from, to).map((line, place) => (
            <Line key={place} line={line} onShow={onShow} />
          ))}
        </ol>
      </div>
    </div>
  );
}

interface LineProps {
  line: LogLine;
  onShow(place: SourceLocation): void;
}

/** Drawn anew only for another line. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps) {
    return next.line !== this.props.line;
  }

  override render({ line, onShow }: LineProps) {
    return <LineText line={line} onShow={onShow} />;
  }
}

function LineText({ line, onShow }: LineProps) {
  const level = levelOf(line);
  return (
    <li class={level}>
      <span class="wb-quiet">{clockTime(line.time)}</span>
      <span class="wb-log-process" data-kind={line.process.split("-")[0]}>
        {line.process}
      </span>
      <span>
        {level !== "info" && <span class="wb-level">{level} </span>}
        {piecesOf(line.text).map((piece, index) =>
          typeof piece === "string" ? (
            piece
          ) : (
            <button key={index} type="button" class="wb-link" onClick={() => onShow(piece.place)}>
              {piece.text}
            </button>
          ),
        )}
      </span>
    </li>
  );
}
