import { currentSession } from "../session/current.ts";

/** The button of an exercise in the text: runs the check in the page's workbench. */
export function CheckButton() {
  const session = currentSession.value;
  const state = session?.state.value;
  if (state?.name !== "ready") {
    return (
      <button
        type="button"
        class="wb-btn"
        disabled={!session || state?.name === "starting"}
        onClick={() => void session?.start()}
      >
        {state?.name === "starting" ? "The workbench is starting" : "Start the workbench"}
      </button>
    );
  }
  const { check } = state.bench;
  const now = check.state.value;
  return (
    <div class="wb-exercise">
      <button type="button" class="wb-btn primary" onClick={() => void check.run()}>
        {now.name === "running" ? "Checking" : "Check my answer"}
      </button>
      <span role="status">
        {now.name === "running" && <span class="wb-doing">Running the tests on your files</span>}
        {now.name === "done" &&
          (now.result.passed ? "It passes." : "Not yet: see the check's hints.")}
        {now.name === "broken" && now.message}
      </span>
    </div>
  );
}
