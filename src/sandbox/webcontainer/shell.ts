/** The page's end of the container's shell: a terminal, and the commands that are asked of the sandbox. */
import type { WebContainer } from "@webcontainer/api";
import type { SandboxShell, ShellOptions, ShellSession, TerminalSize } from "../sandbox.ts";
import type { Link } from "./link.ts";
import type { CommandMessage } from "./messages.ts";

/** Where the runner copies the app's files to. */
export const APP_FOLDER = "app";

export class ContainerShell implements SandboxShell {
  readonly #container: WebContainer;
  readonly #link: Link;
  readonly #running = new Map<number, AbortController>();
  #run: ShellOptions["run"] | null = null;

  constructor(container: WebContainer, link: Link) {
    this.#container = container;
    this.#link = link;
  }

  async open({ size, commands, run }: ShellOptions): Promise<ShellSession> {
    this.#run = run;
    const programs = await this.#link.call<string[]>("shell.prepare", [commands]);
    await this.#makeExecutable(programs);
    const terminal = { cwd: APP_FOLDER, terminal: size };
    const process = await this.#whileThere(this.#container.spawn("jsh", [], terminal));
    const writer = process.input.getWriter();
    return {
      output: process.output,
      exit: this.#whileThere(process.exit),
      write: (text) => void writer.write(text).catch(() => undefined),
      resize: (to: TerminalSize) => process.resize(to),
      close: () => process.kill(),
    };
  }

  /** A program in the container asks for something. */
  take(message: CommandMessage): void {
    if (message.type === "command-ended") return this.#running.get(message.id)?.abort();
    void this.#answer(message.id, message.words);
  }

  async #answer(id: number, words: string[]): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const answer = await this.#run?.(words, controller.signal).catch((error: unknown) => ({
      output: String(error),
      failed: true,
    }));
    this.#running.delete(id);
    this.#link.tell("shell.answer", [id, answer ?? { output: "", failed: true }]);
  }

  /** Files may come without the right to be run. Where that cannot be given, `node bin/rails` still runs. */
  async #makeExecutable(programs: readonly string[]): Promise<void> {
    const paths = programs.map((name) => `${APP_FOLDER}/bin/${name}`);
    try {
      const process = this.#container.spawn("chmod", ["+x", ...paths], { output: false });
      await this.#whileThere(process.then(({ exit }) => exit));
    } catch (error) {
      console.warn(error);
    }
  }

  /** A container that is gone answers nothing: then rejects with the reason. */
  #whileThere<Value>(answer: Promise<Value>): Promise<Value> {
    const gone = this.#link.gone.then((reason) => Promise.reject(reason));
    const value = Promise.race([answer, gone]);
    value.catch(() => undefined); // who opened a shell need not wait for its end
    return value;
  }
}
