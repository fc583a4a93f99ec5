import type { CheckResult, SourceLocation, TestResult } from "../../sandbox/sandbox.ts";
import { count } from "../format.ts";
import { RubyErrorView } from "../console/RubyErrorView.tsx";
import type { Bench } from "../session/bench.ts";
import { StateMark } from "../states/StateMark.tsx";
import type { State } from "../states/states.ts";
import "./check.css";

const WORDS: Record<TestResult["status"], string> = {
  passed: "passed",
  failed: "failed",
  error: "error",
  skipped: "skipped",
};

const MARKS: Record<TestResult["status"], State> = {
  passed: "finished",
  failed: "failed",
  error: "failed",
  skipped: "discarded",
};

/** The lesson's check: what it tried, what it found, what to think about next. */
export function CheckPanel({ bench }: { bench: Bench }) {
  const { check } = bench;
  const state = check.state.value;
  if (!check.available) return <p class="wb-empty">This lesson has nothing to check.</p>;
  return (
    <div class="wb-scroll wb-check">
      <div class="wb-row">
        <button
          type="button"
          class="wb-btn primary"
          disabled={state.name === "running"}
          onClick={() => void check.run()}
        >
          Check
        </button>
        {state.name === "running" && (
          <button type="button" class="wb-btn" onClick={() => check.cancel()}>
            Cancel
          </button>
        )}
        <p role="status">
          {state.name === "idle" &&
            "Runs the lesson's tests on your files, in processes of its own."}
          {state.name === "running" &&
            "Running the tests on your files. A sleep in your code runs in each of them."}
          {state.name === "done" && summary(state.result)}
        </p>
      </div>
      {state.name === "broken" && <p class="wb-error">The check did not run: {state.message}</p>}
      {state.name === "done" && <Result result={state.result} bench={bench} />}
    </div>
  );
}

function summary(result: CheckResult): string {
  if (result.error) return "The tests could not run.";
  const all = count(result.tests.length, "test");
  if (result.passed) return `Passed: ${all}.`;
  const skipped = result.tests.filter((test) => test.status === "skipped").length;
  const failed = result.tests.filter((test) => test.status !== "passed").length - skipped;
  return `Not yet: ${failed} of ${all} failed${skipped > 0 ? `, ${skipped} could not run yet` : ""}.`;
}

interface ResultProps {
  result: CheckResult;
  bench: Bench;
}

function Result({ result, bench }: ResultProps) {
  return (
    <>
      {result.error && <RubyErrorView error={result.error} onShow={bench.showInEditor} />}
      <ul class="wb-tests">
        {result.tests.map((test) => (
          <li key={test.name}>
            <StateMark state={MARKS[test.status]}>{WORDS[test.status]}</StateMark>
            <div>
              <p class="wb-test-name">{test.name}</p>
              {test.hint && <p class="wb-test-hint">{test.hint}</p>}
              {test.message && <pre>{test.message}</pre>}
              <Location location={test.location} bench={bench} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

interface LocationProps {
  location: SourceLocation | null;
  bench: Bench;
}

/** Where a test failed: a way there, if it is one of the learner's files and not the check itself. */
function Location({ location, bench }: LocationProps) {
  if (!location || !bench.workspace.paths.includes(location.path)) return null;
  return (
    <button type="button" class="wb-btn small" onClick={() => bench.showInEditor(location)}>
      {location.path}:{location.line}
    </button>
  );
}
