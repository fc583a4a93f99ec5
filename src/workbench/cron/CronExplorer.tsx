import "./cron.css";
import { useId, useState } from "preact/hooks";
import { useAction } from "../live/use-action.ts";
import { runningBench } from "../session/running-bench.ts";
import { readSchedule, type ScheduleReading } from "./read-schedule.ts";
import { refusalOf, trapsOf } from "./traps.ts";
import { cronInWords, cronLine } from "./words.ts";

interface Props {
  /** Schedules to try, one button each. */
  examples: string[];
}

interface Read {
  text: string;
  reading: ScheduleReading;
}

const RUNS_SHOWN = 5;

/** Reads a schedule, cron or English, with the Fugit of the page's sandbox. */
export function CronExplorer({ examples }: Props) {
  const id = useId();
  const action = useAction();
  const [text, setText] = useState("");
  const [read, setRead] = useState<Read | null>(null);

  const start = (wanted: string) =>
    void action.run(async (signal) => {
      setText(wanted);
      const { sandbox } = await runningBench();
      setRead({ text: wanted, reading: await readSchedule(sandbox, wanted, signal) });
    });

  return (
    <div class="wb-cron">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start(text);
        }}
      >
        <label for={id}>Schedule</label>
        <input
          id={id}
          class="wb-input code"
          value={text}
          required
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          placeholder="every day at 5am"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="wb-btn primary" disabled={action.running}>
          {action.running ? "Reading" : "Read it"}
        </button>
      </form>
      <ul class="wb-examples" aria-label="Schedules to try">
        {examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              class="wb-btn small code"
              disabled={action.running}
              onClick={() => start(example)}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {action.error && <p class="wb-problem">{action.error}</p>}
        {read && <Meaning {...read} />}
      </div>
    </div>
  );
}

function Meaning({ text, reading }: Read) {
  if (reading.kind !== "cron") {
    return (
      <p>
        <code>{text}</code>: {refusalOf(reading)} Solid Queue has no use for it.
      </p>
    );
  }
  const runs = reading.runs.slice(0, RUNS_SHOWN);
  return (
    <>
      <dl class="wb-readings">
        <Row label="You wrote" value={text} />
        <Row label="As cron" value={cronLine(reading)} />
        {cronInWords(reading.cron) && <Row label="In words" value={cronInWords(reading.cron)} />}
      </dl>
      {trapsOf(text, reading).map((trap) => (
        <p key={trap} class="wb-trap">
          <strong>Take care.</strong> {trap}
        </p>
      ))}
      <p>The next {runs.length} runs:</p>
      <ol>
        {runs.map((run) => (
          <li key={run.at}>
            <code>{run.text}</code>
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}
