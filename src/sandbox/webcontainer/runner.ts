/**
 * The runner's end of the wire: a sandbox of the Node platform that does what the page asks. It owns no
 * process of the container; `runner-main.ts` gives it one.
 */
import type { SandboxEvent } from "../events.ts";
import type { BootImageSource, BootProgress, LogLine, Sandbox, SandboxClock } from "../sandbox.ts";
import { answers, tells } from "./answers.ts";
import { toRefusal } from "./errors.ts";
import type { ClockState, PageMessage, RunnerMessage } from "./messages.ts";

/** What has no event (a process's memory, a clock that is being advanced) is told so often, in ms. */
const NEWS_MS = 250;

export class Runner {
  readonly #sandbox: Sandbox;
  readonly #image: BootImageSource;
  readonly #send: (message: RunnerMessage) => void;
  readonly #calls = new Map<number, AbortController>();
  #events: SandboxEvent[] = [];
  #lines: LogLine[] = [];
  #mailsTold = 0;
  #processesTold = "";
  #clockTold: ClockState = { offset: 0, moment: null };
  #booted = false;
  #flushing = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(sandbox: Sandbox, image: BootImageSource, send: (message: RunnerMessage) => void) {
    this.#sandbox = sandbox;
    this.#image = image;
    this.#send = send;
    sandbox.events.subscribe((event) => {
      this.#events.push(event);
      this.#flushSoon();
    });
    sandbox.logs.subscribe((lines) => {
      this.#lines.push(...lines);
      this.#flushSoon();
    });
  }

  receive(message: PageMessage): void {
    switch (message.type) {
      case "tell":
        return this.#tell(message.method, message.args);
      case "abort":
        return this.#calls.get(message.id)?.abort();
      case "call":
        return void this.#answer(message);
    }
  }

  async dispose(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const call of this.#calls.values()) call.abort();
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
    const answer = Object.hasOwn(answers, method) ? answers[method] : undefined;
    if (!answer) throw new TypeError(`The runner does not know ${method}.`);
    return answer(this.#sandbox, args, signal);
  }

  async #boot(options: object, signal: AbortSignal): Promise<unknown> {
    const progress = (step: BootProgress) => this.#send({ type: "progress", progress: step });
    const boot = { ...(options as Parameters<Sandbox["boot"]>[0]), image: this.#image, signal };
    this.#timer = setInterval(() => this.#flush(), NEWS_MS);
    await this.#sandbox.boot(boot, progress);
    this.#booted = true;
    return { versions: this.#sandbox.versions };
  }

  /** The page has checked it. What has changed since (a process that has ended) makes it void. */
  #tell(method: string, args: unknown[]): void {
    try {
      tells[method]?.(this.#sandbox, args);
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
    const news = {
      processes: this.#newProcesses(),
      clock: this.#newClock(this.#sandbox.clock),
      mails: this.#newMails(),
      events: taken(this.#events),
      lines: taken(this.#lines),
    };
    this.#events = [];
    this.#lines = [];
    if (Object.values(news).some((part) => part !== undefined))
      this.#send({ type: "news", ...news });
  }

  #newProcesses() {
    if (!this.#booted && !this.#events.some(({ type }) => type === "process.started")) return;
    const list = this.#runningProcesses();
    const told = JSON.stringify(list);
    if (told === this.#processesTold) return;
    this.#processesTold = told;
    return list;
  }

  #runningProcesses() {
    try {
      return this.#sandbox.processes.list();
    } catch {
      return []; // a boot that has not come so far, or has failed
    }
  }

  #newClock(clock: SandboxClock): ClockState | undefined {
    const moment = clock.frozen() ? clock.now() : null;
    // A frozen clock's offset changes with every moment of the machine's.
    const offset = moment === null ? clock.offset() : this.#clockTold.offset;
    if (moment === this.#clockTold.moment && offset === this.#clockTold.offset) return;
    return (this.#clockTold = { offset, moment });
  }

  #newMails() {
    const mails = this.#sandbox.mails().slice(this.#mailsTold);
    this.#mailsTold += mails.length;
    return taken(mails);
  }
}

function taken<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
