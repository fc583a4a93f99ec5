import { FILE_COMMANDS } from "./files.ts";
import { PROCESS_COMMANDS } from "./processes.ts";
import { RAILS_COMMANDS } from "./rails.ts";
import type { Command } from "./shell.ts";

const HONEST = `
This is no Unix shell: there are no pipes, variables or background jobs, and nothing outlives this tab.
Each command does to the sandbox what its namesake does to a machine.`;

const help: Command = {
  name: "help",
  usage: "help",
  about: "This list",
  run() {
    const width = Math.max(...COMMANDS.map(({ usage }) => usage.length));
    const lines = COMMANDS.map(({ usage, about }) => `${usage.padEnd(width)}  ${about}`);
    return [...lines, HONEST].join("\n");
  },
};

export const COMMANDS: readonly Command[] = [
  ...RAILS_COMMANDS,
  ...PROCESS_COMMANDS,
  ...FILE_COMMANDS,
  help,
];

/** What the host's own shell has not, where there is one. */
export const SANDBOX_COMMANDS: readonly string[] = [
  ...[...RAILS_COMMANDS, ...PROCESS_COMMANDS].map(({ name }) => name),
  help.name,
];
