/** What has changed in the runner's sandbox since the page was last told. */
import type { SandboxEvent } from "../events.ts";
import type { LogLine, Mail, ProcessInfo, Sandbox } from "../sandbox.ts";
import type { ClockState, News } from "./messages.ts";

export class NewsCollector {
  readonly #sandbox: Sandbox;
  #events: SandboxEvent[] = [];
  #lines: LogLine[] = [];
  #lastMailTold = 0;
  #processesTold = "";
  #clockTold: ClockState = { offset: 0, moment: null };
  #booted = false;

  /** @param onNews called for each event and batch of log lines */
  constructor(sandbox: Sandbox, onNews: () => void) {
    this.#sandbox = sandbox;
    sandbox.events.subscribe((event) => {
      this.#events.push(event);
      onNews();
    });
    sandbox.logs.subscribe((lines) => {
      this.#lines.push(...lines);
      onNews();
    });
  }

  /** The sandbox has booted: its processes count, also without an event. */
  booted(): void {
    this.#booted = true;
  }

  /** Null where nothing has changed. */
  take(): News | null {
    const news = {
      processes: this.#processes(),
      clock: this.#clock(),
      mails: this.#mails(),
      events: unlessEmpty(this.#events),
      lines: unlessEmpty(this.#lines),
    };
    this.#events = [];
    this.#lines = [];
    return Object.values(news).some((part) => part !== undefined) ? news : null;
  }

  #processes(): ProcessInfo[] | undefined {
    if (!this.#booted && !this.#events.some(({ type }) => type === "process.started")) return;
    const list = this.#list();
    const told = JSON.stringify(list);
    if (told === this.#processesTold) return;
    this.#processesTold = told;
    return list;
  }

  #list(): ProcessInfo[] {
    try {
      return this.#sandbox.processes.list();
    } catch {
      return []; // a boot that has not come so far, or has failed
    }
  }

  #clock(): ClockState | undefined {
    const { clock } = this.#sandbox;
    const moment = clock.frozen() ? clock.now() : null;
    // A frozen clock's offset changes with every moment of the machine's.
    const offset = moment === null ? clock.offset() : this.#clockTold.offset;
    if (moment === this.#clockTold.moment && offset === this.#clockTold.offset) return;
    return (this.#clockTold = { offset, moment });
  }

  #mails(): Mail[] | undefined {
    const mails = this.#sandbox.mails().filter(({ id }) => id > this.#lastMailTold);
    this.#lastMailTold = mails.at(-1)?.id ?? this.#lastMailTold;
    return unlessEmpty(mails);
  }
}

function unlessEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
