import type { Bench } from "./bench.ts";
import { currentSession } from "./current.ts";

/**
 * The page's running workbench; starts it where it does not run yet.
 * @throws Error with a sentence for the learner when there is none, or it does not start
 */
export async function runningBench(): Promise<Bench> {
  const session = currentSession.value;
  if (!session) throw new Error("The workbench is not on this page yet. Try again in a moment.");
  await session.start();
  const state = session.state.value;
  if (state.name === "failed") throw new Error(state.message);
  if (state.name !== "ready") throw new Error("The workbench did not start.");
  return state.bench;
}
