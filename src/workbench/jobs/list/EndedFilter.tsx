import type { SandboxClock } from "../../../sandbox/sandbox.ts";
import type { Period } from "../board.ts";

const MINUTE = 60_000;
const SPANS = [
  { label: "in the last minute", span: MINUTE },
  { label: "in the last 10 minutes", span: 10 * MINUTE },
  { label: "in the last hour", span: 60 * MINUTE },
  { label: "in the last day", span: 24 * 60 * MINUTE },
] as const;

const BETWEEN = "between";

interface Props {
  ended: Period | null;
  clock: Pick<SandboxClock, "now">;
  onChange(ended: Period | null): void;
}

/** When the jobs in the list ended: a stretch up to now, whose bounds can then be moved. */
export function EndedFilter({ ended, clock, onChange }: Props) {
  function choose(value: string) {
    if (value === "") onChange(null);
    else if (value === BETWEEN) onChange({ from: null, before: null });
    else onChange({ from: clock.now() - Number(value), before: null });
  }

  const bound = (name: keyof Period, label: string, period: Period) => (
    <label class="wb-ended-bound">
      {label}
      <input
        class="wb-input"
        type="datetime-local"
        step="1"
        value={period[name] === null ? "" : fieldValue(period[name])}
        onChange={(event) => onChange({ ...period, [name]: readField(event.currentTarget.value) })}
      />
    </label>
  );

  return (
    <>
      <select
        class="wb-select"
        aria-label="When it ended"
        value={ended === null ? "" : BETWEEN}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">ended or not</option>
        {SPANS.map(({ label, span }) => (
          <option key={label} value={span}>
            ended {label}
          </option>
        ))}
        <option value={BETWEEN}>ended between</option>
      </select>
      {ended !== null && (
        <>
          {bound("from", "from", ended)}
          {bound("before", "before", ended)}
        </>
      )}
    </>
  );
}

/** A moment as a field for date and time has it: the local time, in seconds. */
export function fieldValue(ms: number): string {
  const offset = new Date(ms).getTimezoneOffset() * MINUTE;
  return new Date(ms - offset).toISOString().slice(0, 19);
}

/** The moment that a field for date and time holds, in ms; null where it is empty. */
export function readField(value: string): number | null {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
