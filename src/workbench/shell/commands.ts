import { FILE_COMMANDS } from "./files.ts";
import { PROCESS_COMMANDS } from "./processes.ts";
import { RAILS_COMMANDS } from "./rails.ts";
import type { Command } from "./shell.ts";

const LIKE = "Each command does to the sandbox what its namesake does to a machine.";
const HONEST = `
This is no Unix shell: there are no pipes, variables or background jobs, and nothing outlives this tab.
${LIKE}`;
const BESIDE_A_SHELL = `
They stand in the app's bin/; the rest of this shell is the host's own. Nothing in it outlives this tab.
${LIKE}`;

const help: Command = {
  name: "help",
  usage: "help",
  about: "This list",
  run(_args, { capabilities }) {
    const beside = capabilities.shell === true;
    const known = COMMANDS.filter(({ name }) => !beside || SANDBOX_COMMANDS.includes(name));
    const rows = known.map(({ usage, about }) => [beside ? inBin(usage) : usage, about] as const);
    const width = Math.max(...rows.map(([usage]) => usage.length));
    const lines = rows.map(([usage, about]) => `${usage.padEnd(width)}  ${about}`);
    return [...lines, beside ? BESIDE_A_SHELL : HONEST].join("\n");
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

const inBin = (usage: string) => (usage.startsWith("bin/") ? usage : `bin/${usage}`);
