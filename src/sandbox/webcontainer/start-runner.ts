/** Puts the runner into the container and starts it. */
import type { WebContainer, WebContainerProcess } from "@webcontainer/api";
import { BootError, SandboxError } from "../sandbox.ts";
import { Link } from "./link.ts";
import type { RunnerMessage } from "./messages.ts";

/**
 * One file after the other with `writeFile`, which hands over the bytes. `mount` would spell them as JSON:
 * 17 s and 3.4 GB for a file of 80 MB.
 */
export async function copyIn(
  container: WebContainer,
  folder: string,
  files: Record<string, Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  await container.fs.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    signal.throwIfAborted();
    await container.fs.writeFile(`${folder}/${name}`, content);
  }
}

/** How long the exit status may take once the output has ended, in ms. It comes at once, or never. */
const EXIT_MS = 5_000;

export interface StartedRunner {
  link: Link;
  /** For who finds it dead: rejects what waits for it, and ends what there may be of it. */
  lose(why: string): void;
}

/**
 * Resolves once the runner has said hello. When it ends later, whatever waits for it is rejected, and
 * `onLost` called.
 * Rejects with BootError when it does not come up, or with the signal's reason.
 */
export async function startRunner(
  container: WebContainer,
  signal: AbortSignal,
  receive: (message: RunnerMessage) => void,
  onLost: (reason: string) => void,
  exitMs: number = EXIT_MS,
): Promise<StartedRunner> {
  const process = await spawn(container);
  const hello = Promise.withResolvers<void>();
  hello.promise.catch(() => undefined);
  const writer = process.input.getWriter();
  const link = new Link(
    (text) => void writer.write(text).catch(() => undefined),
    (message) => (message.type === "hello" ? hello.resolve() : receive(message)),
  );
  const lose = (error: Error) => {
    if (link.lose(error)) onLost(error.message);
    hello.reject(new BootError(error.message, { cause: error }));
  };
  const dead = (why: string) => {
    lose(lost(why, link));
    process.kill();
  };
  void follow(process, link, lose, dead).then(() => {
    // A container can lose the exit status with the process.
    if (link.isLost) return;
    const timer = setTimeout(() => dead("the output of its Node process ended"), exitMs);
    void link.gone.then(() => clearTimeout(timer));
  });
  const abort = () => hello.reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    await hello.promise;
    return { link, lose: dead };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function spawn(container: WebContainer): Promise<WebContainerProcess> {
  try {
    return await container.spawn("node", ["runner/runner-main.mjs", "boot"]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BootError(`The WebContainer could not start Node (${message}).`, { cause: error });
  }
}

async function follow(
  process: WebContainerProcess,
  link: Link,
  lose: (error: Error) => void,
  dead: (why: string) => void,
): Promise<void> {
  void process.exit.then(
    (code) => lose(lost(`its Node process ended with status ${code}`, link)),
    (error: unknown) => lose(lost(String(error), link)),
  );
  const reader = process.output.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      link.push(value);
    }
  } catch (error) {
    dead(`a message from it came damaged: ${(error as Error).message}`);
  }
}

/** How Node and V8 begin the line that says why they end; frames of their own stacks follow it. */
const LAST_WORDS = /^(#\s*)?(fatal|[\w.]*error)\b/i;

/** What Node said last is the best hint: `JavaScript heap out of memory`. */
function lost(why: string, link: Link): SandboxError {
  const said = link.noise.findLast((line) => LAST_WORDS.test(line));
  const hint = said === undefined ? "" : ` It said: ${said.trim().slice(0, 200)}`;
  return new SandboxError(`The sandbox in the WebContainer was lost: ${why}.${hint}`);
}
