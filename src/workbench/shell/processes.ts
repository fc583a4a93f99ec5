import type { SandboxQueue, SignalName } from "../../sandbox/sandbox.ts";
import { cronInWords, cronLine } from "../cron/words.ts";
import { bytes, clockTime } from "../format.ts";
import type { Command } from "./shell.ts";

const NUMBERS: Record<string, SignalName> = { 2: "INT", 3: "QUIT", 9: "KILL", 15: "TERM" };
const NAMES = Object.values(NUMBERS);

/** `-9`, `-KILL`, `-SIGKILL`, `-s KILL`: the signal, and the pids after it. */
export function parseKill(args: readonly string[]): { signal: SignalName; pids: number[] } {
  const rest = [...args];
  let signal: SignalName = "TERM";
  if (rest[0]?.startsWith("-")) {
    const flag = rest.shift() ?? "";
    signal = signalOf(flag === "-s" ? (rest.shift() ?? "") : flag.slice(1));
  }
  const pids = rest.map(Number);
  if (pids.length === 0 || pids.some((pid) => !Number.isInteger(pid) || pid <= 0)) {
    throw new Error("kill wants the pid of a process: `ps` lists them");
  }
  return { signal, pids };
}

function signalOf(text: string): SignalName {
  const name = NUMBERS[text] ?? text.toUpperCase().replace(/^SIG/, "");
  const known = NAMES.find((candidate) => candidate === name);
  if (!known) throw new Error(`The signals here are ${NAMES.join(", ")}; ${text} is not one`);
  return known;
}

const kill: Command = {
  name: "kill",
  usage: "kill [-9 | -TERM | -QUIT | -INT] PID…",
  about: "Sends a signal; without one, TERM",
  run(args, { processes }) {
    const { signal, pids } = parseKill(args);
    for (const pid of pids) processes.signal(pid, signal);
    return "";
  },
};

const ps: Command = {
  name: "ps",
  usage: "ps",
  about: "Lists the processes",
  run(_args, { processes }) {
    const rows = processes
      .list()
      .filter(({ status }) => status !== "exited")
      .map(({ pid, startedAt, status, memoryBytes, name }) => [
        String(pid),
        clockTime(startedAt, false),
        status,
        bytes(memoryBytes),
        name,
      ]);
    return columns([["PID", "STARTED", "STATE", "MEMORY", "COMMAND"], ...rows]);
  },
};

const crontab: Command = {
  name: "crontab",
  usage: "crontab -l",
  about: "There is no cron here: shows Solid Queue's recurring tasks instead",
  async run(args, { queue }) {
    if (args.join(" ") !== "-l") throw new Error("Only `crontab -l` is known here");
    return `no crontab: this machine has no cron\n${await recurring(queue)}`;
  },
};

async function recurring(queue: SandboxQueue): Promise<string> {
  const tasks = await queue.recurringTasks();
  if (tasks.length === 0) return "The queue has no recurring tasks either (config/recurring.yml).";
  const rows = tasks.map((task) => [
    cronLine(task),
    task.command ?? `${task.className}(${task.arguments})`,
    `# ${task.key}: ${cronInWords(task.cron)}`,
  ]);
  return `What recurs is in the queue (config/recurring.yml):\n${columns(rows)}`;
}

const date: Command = {
  name: "date",
  usage: "date",
  about: "Sandbox time",
  run: (_args, { clock }) => new Date(clock.now()).toString(),
};

/** Rows as a table of text. */
export function columns(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export const PROCESS_COMMANDS: readonly Command[] = [kill, ps, crontab, date];
