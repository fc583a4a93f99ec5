/**
 * The runner's end of the wire: a sandbox of the Node platform that does what the page asks. It owns no
 * process of the container; `runner-main.ts` gives it one.
 */
import type { BootImageSource, BootProgress, Sandbox } from "../sandbox.ts";
import { answers, tells } from "./answers.ts";
import { toRefusal } from "./errors.ts";
import type { BootAnswer, PageMessage, RunnerMessage } from "./messages.ts";
import { NewsCollector } from "./news.ts";
import type { RunnerShell } from "./runner-shell.ts";

/** What has no event (a process's memory, a clock that is being advanced) is told so often, in ms. */
const NEWS_MS = 250;

export class Runner {
  readonly #sandbox: Sandbox;
  readonly #image: BootImageSource;
  readonly #send: (message: RunnerMessage) => void;
  readonly #news: NewsCollector;
  readonly #shell: RunnerShell;
  readonly #calls = new Map<number, AbortController>();
  #flushing = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    sandbox: Sandbox,
    image: BootImageSource,
    shell: RunnerShell,
    send: (message: RunnerMessage) => void,
  ) {
    this.#sandbox = sandbox;
    this.#image = image;
    this.#shell = shell;
    this.#send = send;
    this.#news = new NewsCollector(sandbox, () => this.#flushSoon());
  }

  receive(message: PageMessage): void {
    switch (message.type) {
      case "tell":
        return this.#tell(message.method, message.args);
      case "ping":
        return this.#send({ type: "pong" });
      case "abort":
        return this.#calls.get(message.id)?.abort();
      case "call":
        return void this.#answer(message);
    }
  }

  async dispose(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const call of this.#calls.values()) call.abort();
    this.#shell.stop();
    await this.#sandbox.dispose();
  }

  async #answer({ id, method, args }: Extract<PageMessage, { type: "call" }>): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(id, controller);
    try {
      const value = await this.#perform(method, args, controller.signal);
      this.#flush();
      this.#send({ type: "answer", id, value });
    } catch (error) {
      this.#flush();
      const aborted = controller.signal.aborted && error === controller.signal.reason;
      this.#send({ type: "refusal", id, error: toRefusal(error, aborted) });
    } finally {
      this.#calls.delete(id);
    }
  }

  async #perform(method: string, args: unknown[], signal: AbortSignal): Promise<unknown> {
    if (method === "boot") return this.#boot(args[0] as object, signal);
    if (method === "shell.prepare") return this.#shell.prepare(args[0] as string[]);
    const answer = Object.hasOwn(answers, method) ? answers[method] : undefined;
    if (!answer) throw new TypeError(`The runner does not know ${method}.`);
    return answer(this.#sandbox, args, signal);
  }

  async #boot(options: object, signal: AbortSignal): Promise<unknown> {
    const progress = (step: BootProgress) => this.#send({ type: "progress", progress: step });
    const boot = { ...(options as Parameters<Sandbox["boot"]>[0]), image: this.#image, signal };
    this.#timer = setInterval(() => this.#flush(), NEWS_MS);
    await this.#sandbox.boot(boot, progress);
    this.#news.booted();
    return { versions: this.#sandbox.versions, node: process.version } satisfies BootAnswer;
  }

  /** The page has checked it. What has changed since (a process that has ended) makes it void. */
  #tell(method: string, args: unknown[]): void {
    if (method === "shell.answer")
      return this.#shell.answer(...(args as Parameters<RunnerShell["answer"]>));
    try {
      tells[method]?.(this.#sandbox, args);
      if (method.startsWith("files.")) this.#shell.filesChanged();
    } catch (error) {
      console.error(error);
    }
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** Before every answer: who waited for it sees what led to it. */
  #flush(): void {
    const news = this.#news.take();
    if (news) this.#send({ type: "news", ...news });
  }
}
