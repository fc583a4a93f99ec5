import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventBody, SandboxEvent } from "../../../../src/sandbox/events.ts";
import { latestRun, spanOfRun } from "../../../../src/workbench/timeline/model/runs.ts";
import { createTimeline } from "../../../../src/workbench/timeline/model/timeline.ts";
import type { Run, TimelineState } from "../../../../src/workbench/timeline/model/types.ts";
import { createScene, type SceneOptions } from "../../../../src/workbench/timeline/scene/scene.ts";
import type { Scene } from "../../../../src/workbench/timeline/scene/types.ts";
import { fitRun } from "../../../../src/workbench/timeline/view/window.ts";

/** A stream of events that `npm run record:events` wrote down. */
export function recording(name: string): SandboxEvent[] {
  const file = join(import.meta.dirname, `../../../fixtures/timeline/${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as SandboxEvent[];
}

export function modelOf(events: Iterable<SandboxEvent>): TimelineState {
  const timeline = createTimeline();
  for (const event of events) timeline.add(event);
  return timeline.state;
}

export function latest(state: TimelineState): Run {
  const run = latestRun(state);
  if (!run) throw new Error("There is no run.");
  return run;
}

/** The latest run as it is drawn on so many px. */
export function sceneOf(state: TimelineState, options: Partial<SceneOptions> = {}): Scene {
  const run = latest(state);
  const now = spanOfRun(run, state.lastTime).until;
  return createScene(state, {
    window: fitRun(state, run, now),
    length: 640,
    across: 222,
    vertical: false,
    now,
    origin: run.from,
    ofRun: true,
    ...options,
  });
}

/** Events that a test writes itself, one ms apart unless it says otherwise. */
export function stream() {
  const events: SandboxEvent[] = [];
  return {
    events,
    add(body: EventBody, fields: Partial<Pick<SandboxEvent, "time" | "pid" | "process">> = {}) {
      const seq = events.length + 1;
      events.push({ seq, time: 1000 + seq, pid: 102, process: "jobs-1", ...fields, ...body });
    },
  };
}
