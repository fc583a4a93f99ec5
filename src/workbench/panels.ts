import type { ComponentType } from "preact";
import { AppPanel } from "./app/AppPanel.tsx";
import { CheckPanel } from "./check/CheckPanel.tsx";
import { ConsolePanel } from "./console/ConsolePanel.tsx";
import { DatabasePanel } from "./database/DatabasePanel.tsx";
import { EditorPanel } from "./editor/EditorPanel.tsx";
import { JobsPanel } from "./jobs/JobsPanel.tsx";
import type { Region } from "./layout/regions.ts";
import { LogPanel } from "./logs/LogPanel.tsx";
import { MailPanel } from "./mail/MailPanel.tsx";
import { ProcessesPanel } from "./processes/ProcessesPanel.tsx";
import type { Bench } from "./session/bench.ts";
import { TimelinePanel } from "./timeline/TimelinePanel.tsx";

/** One panel of the workbench. */
export interface Panel {
  id: string;
  /** What its tab says. */
  label: string;
  /** Where it stands while the workbench shows more than one panel. */
  region: Region;
  /** The key that shows it after `g`. */
  key: string;
  component: ComponentType<{ bench: Bench }>;
  /** A number beside the label, read from signals so that it stays true; 0 shows nothing. */
  count?: (bench: Bench) => number;
}

/**
 * All panels, in the order of their tabs. To add one, add a line.
 * A region without panels takes no room.
 */
export const PANELS = [
  { id: "editor", label: "Editor", region: "upper", key: "e", component: EditorPanel },
  { id: "app", label: "App", region: "upper", key: "a", component: AppPanel },
  { id: "console", label: "Console", region: "upper", key: "c", component: ConsolePanel },
  { id: "logs", label: "Logs", region: "upper", key: "l", component: LogPanel },
  { id: "mail", label: "Mail", region: "upper", key: "m", component: MailPanel },
  { id: "timeline", label: "Timeline", region: "middle", key: "t", component: TimelinePanel },
  { id: "jobs", label: "Jobs", region: "lower", key: "j", component: JobsPanel, count: jobCount },
  { id: "processes", label: "Processes", region: "lower", key: "p", component: ProcessesPanel },
  { id: "database", label: "Database", region: "lower", key: "d", component: DatabasePanel },
  { id: "check", label: "Check", region: "lower", key: "k", component: CheckPanel },
] as const satisfies readonly Panel[];

export type PanelId = (typeof PANELS)[number]["id"];

function jobCount(bench: Bench): number {
  const counts = bench.queue.data.value?.counts;
  return counts ? Object.values(counts).reduce((sum, n) => sum + n, 0) : 0;
}
