import "./experiment.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Step } from "../../course/experiment-schema.ts";
import type { StepRun } from "../../course/step-runs.ts";
import { useAction } from "../live/use-action.ts";
import { pageStorage } from "../session/page-storage.ts";
import { runningBench } from "../session/running-bench.ts";
import { keepStepRun, restoreStepRuns, stepRuns } from "./runs.ts";

interface Props {
  /** The lesson's slug. */
  lesson: string;
  /** The step's name in `experiment.yml`. */
  name: string;
  step: Step;
  /** What the button says before the first run. */
  label: string;
}

/** Runs a step of the text's experiment in the page's workbench and shows what it gave. */
export function StepButton({ lesson, name, step, label }: Props) {
  const action = useAction();
  const [doing, setDoing] = useState("");
  const element = useRef<HTMLDivElement>(null);
  const run = stepRuns.value[name];
  useEffect(() => restoreStepRuns(pageStorage(), lesson), [lesson]);

  const start = () =>
    action.run(async (signal) => {
      setDoing("Starting the workbench");
      const bench = await runningBench();
      const { benchHost, runStep } = await import("../after-start.ts"); // here already: the bench runs
      const gave = await runStep(step, benchHost(bench), signal, setDoing);
      keepStepRun(pageStorage(), lesson, name, gave);
      requestAnimationFrame(() => element.current && uncover(element.current));
    });

  return (
    <div ref={element} class="wb-step">
      {action.running ? (
        <button type="button" class="wb-btn" onClick={action.cancel}>
          Stop
        </button>
      ) : (
        <button type="button" class="wb-btn primary" onClick={() => void start()}>
          {run ? "Run again" : label}
        </button>
      )}
      <div role="status">
        {action.running && <p class="wb-doing">{doing}</p>}
        {action.error && <p class="wb-problem">{action.error}</p>}
        {run && !action.running && <Shown step={step} run={run} />}
      </div>
    </div>
  );
}

/** Scrolls what the reader still looks at out from under the sheet, which a step may have opened. */
function uncover(element: Element) {
  const { top, bottom } = element.getBoundingClientRect();
  if (bottom > 0 && top < innerHeight) element.scrollIntoView({ block: "nearest" });
}

/** The readings of a run, in the order of the step. */
function Shown({ step, run }: { step: Step; run: StepRun }) {
  const readings = Object.entries(step.shows).filter(([name]) => name in run.readings);
  return (
    <>
      {readings.length > 0 && (
        <dl class="wb-readings">
          {readings.map(([name, { label }]) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                <code>{run.readings[name]}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {run.problem && <p class="wb-problem">It stopped: {run.problem}</p>}
    </>
  );
}
