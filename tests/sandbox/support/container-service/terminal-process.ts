/**
 * One process of the stand-in: a real child, behind what a pseudo-terminal does to it. Its input is echoed
 * and its output has CR LF; both streams are one; chunks are cut anywhere; a line of input longer than a
 * terminal collects loses its end (termios(3): 4,096 bytes).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Faults } from "./faults.ts";

const NO_POWERS = fileURLToPath(new URL("./no-powers.mjs", import.meta.url));
const LINE_LIMIT = 4_095;
/** An odd size, so that chunks end within lines. */
const CHUNK = 4_093;

export interface Command {
  command: string;
  args: string[];
  cwd?: string | undefined;
}

/** StackBlitz's shell is here the machine's, told that a person types; the rest has the same name. */
const PROGRAMS: Record<string, [string, ...string[]]> = {
  node: [process.execPath, "--no-addons", "--import", NO_POWERS],
  jsh: ["sh", "-i"],
  chmod: ["chmod"],
};
/** Where `/usr/bin/env node` finds this Node. */
const PATH = `${dirname(process.execPath)}:${process.env["PATH"]}`;
const CTRL_C = "\x03";

export class TerminalProcess {
  readonly child: ChildProcess;
  /** What the client asks for. */
  readonly onExit: Promise<number>;
  readonly ended: Promise<number>;
  readonly #faults: Faults;
  readonly #output: (data: Uint8Array | null) => void;

  constructor(
    { command, args, cwd = "." }: Command,
    folder: string,
    output: (data: Uint8Array | null) => void,
    faults: Faults,
  ) {
    this.#faults = faults;
    this.#output = output;
    const found = faults.lacks?.includes(command) ? undefined : PROGRAMS[command];
    if (!found) throw new Error(`command not found: ${command}`);
    const [program, ...before] = found;
    const { memoryMb, mute } = faults;
    if (command === "node" && memoryMb) before.push(`--max-old-space-size=${memoryMb}`);
    const given = command === "node" && mute ? ["-e", "process.stdin.resume()"] : args;
    this.child = spawn(program, [...before, ...given], {
      cwd: join(folder, cwd),
      env: { ...process.env, PATH, PS1: "$ " },
      detached: true, // a group of its own, as a terminal gives it
      stdio: "pipe",
    });
    this.child.stdout?.on("data", (data: Buffer) => this.#print(data));
    this.child.stderr?.on("data", (data: Buffer) => this.#print(data));
    if (command === "node" && faults.dies) this.child.stdout?.once("data", () => this.end());
    this.child.stdin?.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        output(null);
        resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal]);
      });
    });
    this.onExit = faults.losesExit ? new Promise(() => undefined) : this.ended;
  }

  write(typed: string): void {
    const text = typed.replaceAll("\r", "\n");
    this.#print(Buffer.from(text));
    if (text.includes(CTRL_C)) return this.#signal("SIGINT");
    const lines = text.split("\n").map((line) => line.slice(0, LINE_LIMIT));
    this.child.stdin?.write(lines.join("\n"));
  }

  kill(): void {
    if (!this.#faults.ignoresKill) this.end();
  }

  /** With all that it has started, whatever it does. */
  end(): void {
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }

  resize(): void {
    // The children here draw nothing.
  }

  #print(data: Buffer): void {
    const text = Buffer.from(data.toString("latin1").replaceAll("\n", "\r\n"), "latin1");
    for (let start = 0; start < text.length;) {
      const end = this.#endOfChunk(text, start);
      this.#output(new Uint8Array(text.subarray(start, end)));
      start = end;
    }
  }

  #endOfChunk(text: Buffer, start: number): number {
    const chunk = text.subarray(start, start + CHUNK);
    const lead = this.#faults.splitsCharacters ? chunk.findIndex((byte) => byte >= 0xc0) : -1;
    return start + (lead === -1 ? chunk.length : lead + 1);
  }

  /** Something that the program did not print. */
  garble(text: string): void {
    this.#print(Buffer.from(text));
  }
}
