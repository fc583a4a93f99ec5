import type { SourceLocation } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";
import type { JobGroup } from "./group-jobs.ts";
import { StateMark } from "../states/StateMark.tsx";

const FRAME = /^((?:app|config|lib|test|db)\/[^:]+):(\d+)/;

/** The first frame of a backtrace that lies in the learner's files. */
export function firstFrame(backtrace: readonly string[] | null): SourceLocation | null {
  for (const frame of backtrace ?? []) {
    const [, path, line] = FRAME.exec(frame) ?? [];
    if (path && line) return { path, line: Number(line) };
  }
  return null;
}

interface Props {
  group: JobGroup;
  onShow(location: SourceLocation): void;
}

/** All attempts of a job, with errors and what lies in the table. */
export function JobDetails({ group, onShow }: Props) {
  return (
    <div class="wb-details">
      {group.rows.map((row) => {
        const place = firstFrame(row.error?.backtrace ?? null);
        return (
          <section key={row.id} aria-label={`Row ${row.id}`}>
            <p>
              <StateMark state={row.state} /> row {row.id}, enqueued {clockTime(row.enqueuedAt)}
              {row.scheduledAt !== null && `, due ${clockTime(row.scheduledAt)}`}
              {row.finishedAt !== null && `, finished ${clockTime(row.finishedAt)}`}
              {row.concurrencyKey && `, concurrency key ${row.concurrencyKey}`}
            </p>
            {row.error && (
              <>
                <p class="wb-error">
                  <strong>{row.error.className}</strong>: {row.error.message}
                </p>
                {place && (
                  <button type="button" class="wb-btn small" onClick={() => onShow(place)}>
                    {place.path}:{place.line}
                  </button>
                )}
                {row.error.backtrace && <pre>{row.error.backtrace.join("\n")}</pre>}
              </>
            )}
          </section>
        );
      })}
      <details>
        <summary>As it lies in the queue</summary>
        <pre>{JSON.stringify(group.latest.serialized, null, 2)}</pre>
      </details>
    </div>
  );
}
