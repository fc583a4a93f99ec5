import { parse } from "shell-quote";
import type { Sandbox, ShellAnswer } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import { COMMANDS } from "./commands.ts";
import { RubyFailure } from "./ruby-failure.ts";

export interface Command {
  /** As it is typed: `kill`, `bin/rails`. */
  name: string;
  /** With its arguments, for `help`. */
  usage: string;
  about: string;
  /** Rejects with a sentence, or with `RubyFailure`. */
  run(args: string[], sandbox: Sandbox, signal?: AbortSignal): Promise<string> | string;
}

/** A line in words, without variables, patterns or comments; a sentence where it has more than words. */
export function wordsOf(line: string): string[] {
  const parts = parse(line, (name) => `$${name}`);
  return parts.map((part) => {
    if (typeof part === "string") return part;
    if ("pattern" in part) return part.pattern;
    if ("comment" in part) return "";
    throw new Error(`This shell knows single commands only, so it cannot do \`${part.op}\``);
  });
}

/** Runs one line. Never rejects. */
export async function runShellLine(
  line: string,
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<ShellAnswer> {
  return attempt(() => run(wordsOf(line), sandbox, signal));
}

/** Runs one command, its words cut by a shell already. Never rejects. */
export async function runShellWords(
  words: readonly string[],
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<ShellAnswer> {
  return attempt(() => run(words, sandbox, signal));
}

async function run(
  [name = "", ...args]: readonly string[],
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<string> {
  return name === "" ? "" : find(name).run(args, sandbox, signal);
}

async function attempt(command: () => Promise<string>): Promise<ShellAnswer> {
  try {
    return { output: await command(), failed: false };
  } catch (error) {
    const output = error instanceof RubyFailure ? error.message : sentence(error);
    return { output, failed: true };
  }
}

function find(name: string): Command {
  const plain = name.replace(/^\.\//, "");
  const command = COMMANDS.find((candidate) => candidate.name === plain);
  if (command) return command;
  if (COMMANDS.some((candidate) => candidate.name === `bin/${plain}`)) {
    throw new Error(`${name} is not in the path here. In a Rails app it is bin/${plain}`);
  }
  if (/^[A-Z_]+=/.test(name)) {
    throw new Error("Variables before a command are not known here");
  }
  throw new Error(`${name} is not known here. \`help\` lists what is`);
}
