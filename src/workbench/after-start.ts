/**
 * What the page loads on Start, not before: the bench with all its panels, and what the text's steps do with it.
 * The panels' stylesheets come with them; the one for the reader's own colours overrides them, so it is last.
 */
export { createBench } from "./session/bench.ts";
export { BenchView } from "./layout/BenchView.tsx";
export { benchHost } from "./experiment/bench-host.ts";
export { runStep } from "./experiment/run-step.ts";
import "./forced-colors.css";
