/** What the app has sent, whoever sent it. */
import type { SharedClock } from "../clock.ts";
import type { Mail, ProcessInfo } from "../sandbox.ts";
import { keepSmall } from "./keep-newest.ts";
import type { SentMail } from "./kernel-messages.ts";
import type { EventStream } from "./streams.ts";

const KEPT_MAILS = 1_000;
/** Characters of all bodies together: long mails push out more of the old ones. */
const KEPT_CHARACTERS = 20_000_000;

export class Mailbox {
  readonly #clock: SharedClock;
  readonly #events: EventStream;
  #lastId = 0;
  #mails: readonly Mail[] = [];

  constructor(clock: SharedClock, events: EventStream) {
    this.#clock = clock;
    this.#events = events;
  }

  /** The newest 1,000, or fewer where they are long; oldest first. What was returned does not change later. */
  list(): readonly Mail[] {
    return this.#mails;
  }

  /** Keeps the mail and tells of it. */
  deliver({ pid, name: process }: ProcessInfo, sent: SentMail): void {
    const time = this.#clock.now();
    const mail = { ...sent, id: ++this.#lastId, time, pid, process };
    this.#mails = keepMails(this.#mails, [mail]);
    const { id: mailId, subject, to, activeJobId } = mail;
    const body = { type: "mail.delivered", mailId, subject, to, activeJobId } as const;
    this.#events.add({ pid, process, time }, body);
  }
}

/** A new list of the newest. */
export function keepMails(mails: readonly Mail[], added: readonly Mail[]): readonly Mail[] {
  const newest = [...mails, ...added].slice(-KEPT_MAILS);
  const small = keepSmall(newest, KEPT_CHARACTERS, lengthOf);
  return small.length > 0 ? small : newest.slice(-1);
}

function lengthOf({ subject, html, text }: Mail): number {
  return subject.length + (html?.length ?? 0) + (text?.length ?? 0);
}
