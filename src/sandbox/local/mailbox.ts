/** What the app has sent, whoever sent it. */
import type { SharedClock } from "../clock.ts";
import type { Mail, ProcessInfo } from "../sandbox.ts";
import type { SentMail } from "./kernel-messages.ts";
import type { EventStream } from "./streams.ts";

export class Mailbox {
  readonly #clock: SharedClock;
  readonly #events: EventStream;
  #mails: readonly Mail[] = [];

  constructor(clock: SharedClock, events: EventStream) {
    this.#clock = clock;
    this.#events = events;
  }

  /** Oldest first. What was returned does not change with the next mail. */
  list(): readonly Mail[] {
    return this.#mails;
  }

  /** Keeps the mail and tells of it. */
  deliver({ pid, name: process }: ProcessInfo, sent: SentMail): void {
    const time = this.#clock.now();
    const mail = { ...sent, id: this.#mails.length + 1, time, pid, process };
    this.#mails = [...this.#mails, mail];
    const { id: mailId, subject, to, activeJobId } = mail;
    const body = { type: "mail.delivered", mailId, subject, to, activeJobId } as const;
    this.#events.add({ pid, process, time }, body);
  }
}
