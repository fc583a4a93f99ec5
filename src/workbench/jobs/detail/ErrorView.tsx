import { useState } from "preact/hooks";
import type { JobError, SourceLocation } from "../../../sandbox/sandbox.ts";
import { parseFrame, type Frame } from "../frames.ts";

interface Props {
  error: JobError;
  onShow(location: SourceLocation): void;
}

/** An error with its backtrace: the learner's own lines first, all on demand. */
export function ErrorView({ error, onShow }: Props) {
  const [full, setFull] = useState(false);
  const frames = (error.backtrace ?? []).map(parseFrame);
  const own = frames.filter(({ place }) => place !== null);
  const shown = full ? frames : own;
  const place = own[0]?.place;
  return (
    <section class="wb-job-error" aria-label="Error">
      <p>
        {error.className}
        <span>{error.message}</span>
      </p>
      {shown.length > 0 && (
        <pre class="wb-scroll" tabIndex={0} aria-label="Backtrace">
          {shown.map((frame, index) => (
            <FrameLine key={index} frame={frame} onShow={onShow} />
          ))}
        </pre>
      )}
      {error.backtrace === null && (
        <p class="wb-job-error-note">
          It has no backtrace: another process wrote it down, after the one that ran the job was
          gone.
        </p>
      )}
      <footer>
        {place && (
          <button type="button" class="wb-btn small quiet" onClick={() => onShow(place)}>
            Open line {place.line}
          </button>
        )}
        {frames.length > own.length && (
          <button
            type="button"
            class="wb-btn small quiet"
            aria-expanded={full}
            onClick={() => setFull(!full)}
          >
            {full ? "App’s lines only" : `Full backtrace (${frames.length} lines)`}
          </button>
        )}
      </footer>
    </section>
  );
}

function FrameLine({ frame, onShow }: { frame: Frame; onShow(location: SourceLocation): void }) {
  const { place, method, text } = frame;
  if (!place) return <span class="wb-trace-line other">{text + "\n"}</span>;
  return (
    <span class="wb-trace-line">
      <button type="button" class="wb-link" onClick={() => onShow(place)}>
        {place.path}:{place.line}
      </button>
      {method && (
        <>
          <span class="other"> in </span>
          {method}
        </>
      )}
      {"\n"}
    </span>
  );
}
