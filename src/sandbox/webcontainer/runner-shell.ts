/** What the runner does for the container's shell, once the page has opened one. */
import type { SandboxFiles, ShellAnswer } from "../sandbox.ts";
import { AppFolder } from "./app-folder.ts";
import type { RunnerMessage } from "./messages.ts";
import { ShellCommands } from "./shell-commands.ts";

export class RunnerShell {
  readonly #commands: ShellCommands;
  readonly #folder: AppFolder;
  #prepared = false;

  constructor(folder: string, files: SandboxFiles, send: (message: RunnerMessage) => void) {
    this.#folder = new AppFolder(folder, files);
    this.#commands = new ShellCommands(send);
  }

  /** Resolves with the names of the programs in `bin/`, once they and the app's files are there. */
  async prepare(commands: readonly string[]): Promise<string[]> {
    this.#prepared = true;
    const programs = await this.#commands.start(commands);
    await this.#folder.sync();
    for (const [name, source] of Object.entries(programs))
      await this.#folder.addProgram(name, source);
    return Object.keys(programs);
  }

  filesChanged(): void {
    if (this.#prepared) this.#folder.sync().catch((error: unknown) => console.error(error));
  }

  answer(id: number, answer: ShellAnswer): void {
    this.#commands.answer(id, answer);
  }

  stop(): void {
    this.#commands.stop();
  }
}
