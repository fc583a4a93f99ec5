import type { ProcessInfo, SignalName } from "../../sandbox/sandbox.ts";
import { msToNextDue, NOTHING_IS_DUE } from "../clock/next-due.ts";
import { compareWithSolution, compareWithStarter } from "../editor/comparison.ts";
import { PANELS } from "../panels.ts";
import type { Bench } from "../session/bench.ts";
import { setTheme } from "./theme.ts";

/** One thing that the palette can do. */
export interface Command {
  id: string;
  group: string;
  title: string;
  /** Keys that do the same, for people. */
  keys?: string | undefined;
  run(): Promise<void> | void;
}

/** Everything that can be done now, files last. */
export function commandsOf(bench: Bench): Command[] {
  return [
    ...panelCommands(bench),
    ...editorCommands(bench),
    ...processCommands(bench),
    ...clockCommands(bench),
    ...pageCommands(bench),
    ...fileCommands(bench),
  ];
}

/** One command for each file. */
export function fileCommands({ workspace, showInEditor }: Bench): Command[] {
  const open = new Set(workspace.openPaths.value);
  const paths = [...open, ...workspace.paths.filter((path) => !open.has(path))];
  return paths.map((path) => ({
    id: `file:${path}`,
    group: "File",
    title: path,
    run: () => showInEditor({ path, line: 1 }),
  }));
}

function panelCommands(bench: Bench): Command[] {
  const { layout } = bench;
  const panels = PANELS.map(({ id, label, key }): Command => ({
    id: `panel:${id}`,
    group: "Panel",
    title: `Show ${label}`,
    keys: `g ${key}`,
    run: () => bench.show(id),
  }));
  const { filled, wide, tree } = layout.state.value;
  return [
    ...panels,
    {
      id: "layout:fill",
      group: "Layout",
      title: filled ? "Show all panels" : "Fill the workbench with one panel",
      run: () => layout.setFilled(!filled),
    },
    {
      id: "layout:wide",
      group: "Layout",
      title: wide ? "Show the lesson's text again" : "Cover the lesson's text",
      run: () => layout.setWide(!wide),
    },
    {
      id: "layout:tree",
      group: "Layout",
      title: tree ? "Hide the file tree" : "Show the file tree",
      run: () => layout.setTree(!tree),
    },
    { id: "layout:sizes", group: "Layout", title: "Usual sizes", run: () => layout.resetSizes() },
  ];
}

function editorCommands(bench: Bench): Command[] {
  const { workspace, check, comparing } = bench;
  const editor = (id: string, title: string, run: () => void): Command => ({
    id: `editor:${id}`,
    group: "Editor",
    title,
    run() {
      bench.show("editor");
      run();
    },
  });
  const commands = [
    editor("changes", "Compare with what the lesson gave", () => {
      comparing.value = compareWithStarter(workspace);
    }),
    editor("reset", "Reset all files", () => workspace.resetAll()),
  ];
  if (workspace.hasSolution) {
    commands.push(
      editor("solution", "Compare with the solution", () => {
        comparing.value = compareWithSolution(workspace);
      }),
    );
  }
  if (check.available) {
    commands.push({
      id: "check",
      group: "Check",
      title: "Check my answer",
      run: () => check.run(),
    });
  }
  return commands;
}

const SIGNALS: readonly SignalName[] = ["TERM", "QUIT", "KILL"];

function processCommands({ sandbox, processes, processRestarts, show }: Bench): Command[] {
  const alive = (processes.data.value ?? []).filter(({ status }) => status !== "exited");
  const send = (process: ProcessInfo, signal: SignalName): Command => ({
    id: `process:${process.name}:${signal}`,
    group: "Process",
    title: `Send ${signal} to ${process.name}`,
    run: () => sandbox.processes.signal(process.pid, signal),
  });
  const start = (kind: "web" | "jobs", title: string): Command => ({
    id: `process:start:${kind}`,
    group: "Process",
    title,
    run: async () => void (await sandbox.processes.start({ kind })),
  });
  const restart = (process: ProcessInfo): Command => ({
    id: `process:${process.name}:restart`,
    group: "Process",
    title: `Restart ${process.name}`,
    run() {
      show("processes");
      void processRestarts.restart(process);
    },
  });
  const own = alive
    .filter(({ kind }) => kind !== "console")
    .flatMap((process) => [restart(process), ...SIGNALS.map((signal) => send(process, signal))]);
  const hasWeb = alive.some(({ kind }) => kind === "web");
  return [
    start("jobs", "Start a jobs process"),
    ...(hasWeb ? [] : [start("web", "Start the web process")]),
    ...own,
  ];
}

const LEAPS = [
  ["second", 1000],
  ["minute", 60_000],
  ["hour", 3_600_000],
  ["day", 86_400_000],
] as const;

function clockCommands({ sandbox }: Bench): Command[] {
  const { clock } = sandbox;
  const leaps = LEAPS.map(([unit, ms]) => ({
    id: `clock:${unit}`,
    group: "Clock",
    title: `Move the clock forward by ${unit === "hour" ? "an" : "a"} ${unit}`,
    run: () => clock.advance(ms),
  }));
  const nextDue: Command = {
    id: "clock:next-due",
    group: "Clock",
    title: "Move the clock to what is due next",
    async run() {
      const ms = await msToNextDue(clock);
      if (ms === null) throw new Error(NOTHING_IS_DUE);
      await clock.advance(ms);
    },
  };
  const freeze = clock.frozen()
    ? { title: "Let sandbox time go on", run: () => clock.unfreeze() }
    : { title: "Freeze sandbox time", run: () => clock.freeze() };
  return [...leaps, nextDue, { id: "clock:freeze", group: "Clock", ...freeze }];
}

function hostCommands(bench: Bench): Command[] {
  if (bench.host.offered.length < 2) return [];
  return [
    {
      id: "host",
      group: "Sandbox",
      title: "Choose where the sandbox runs",
      run: () => void (bench.overlay.value = "host"),
    },
  ];
}

function pageCommands(bench: Bench): Command[] {
  const theme = (id: "light" | "dark" | "auto", title: string): Command => ({
    id: `theme:${id}`,
    group: "Theme",
    title,
    run: () => setTheme(id),
  });
  return [
    {
      id: "share",
      group: "Share",
      title: "Share or download my code",
      run: () => void (bench.overlay.value = "share"),
    },
    ...hostCommands(bench),
    theme("light", "Light theme"),
    theme("dark", "Dark theme"),
    theme("auto", "Theme of the system"),
    {
      id: "search",
      group: "Site",
      title: "Search the lessons",
      run: () => document.querySelector<HTMLElement>("button[data-open-modal]")?.click(),
    },
    {
      id: "shortcuts",
      group: "Site",
      title: "Keyboard shortcuts",
      keys: "?",
      run: () => void (bench.overlay.value = "shortcuts"),
    },
  ];
}
