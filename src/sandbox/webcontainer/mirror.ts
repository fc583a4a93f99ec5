/** What the interface tells without waiting, kept on the page as the runner last told it. */
import { killed } from "../local/exits.ts";
import { keepMails } from "../local/mailbox.ts";
import { EventStream, LogStream } from "../local/streams.ts";
import {
  NoSuchProcessError,
  type Mail,
  type ProcessInfo,
  type SignalName,
  type StartOptions,
} from "../sandbox.ts";
import type { ClockState, News } from "./messages.ts";

export class Mirror {
  readonly events = new EventStream();
  readonly logs = new LogStream();
  mails: readonly Mail[] = [];
  #processes: ProcessInfo[] = [];
  /** Killed from here; what the runner told before it knew must not bring them back. */
  readonly #killed = new Set<number>();
  #clock: ClockState = { offset: 0, moment: null };

  take({ processes, clock, mails, events, lines }: News): void {
    if (processes) this.#processes = processes;
    if (clock) this.#clock = clock;
    if (mails) this.mails = keepMails(this.mails, mails);
    if (lines) this.logs.add(lines);
    // The streams number what they are given: in the order of the runner's, so the numbers are the same.
    for (const { pid, process, time, ...body } of events ?? [])
      this.events.add({ pid, process, time }, body);
  }

  list(): ProcessInfo[] {
    return this.#processes.map((info) =>
      this.#killed.has(info.pid) && info.status !== "exited"
        ? { ...info, status: "exited", exit: killed("KILL") }
        : info,
    );
  }

  /** @throws {NoSuchProcessError} when no such process is alive */
  signal(pid: number, signal: SignalName): void {
    const info = this.list().find((known) => known.pid === pid && known.status !== "exited");
    if (!info) throw new NoSuchProcessError(`There is no running process with pid ${pid}.`);
    if (signal === "KILL") this.#killed.add(pid);
    else if (signal !== "INT") this.#change(pid, { status: "stopping" });
  }

  /** Returns how to start again what ran, the console aside. */
  killAll(): StartOptions[] {
    const alive = this.list().filter(({ status }) => status !== "exited");
    for (const { pid } of alive) this.#killed.add(pid);
    return alive.flatMap(({ options }) => options ?? []);
  }

  /** The container is gone, and with it every process and the databases. */
  lose(reason: string): void {
    const exit = { code: null, signal: null, reason };
    for (const { pid, name, status } of this.list()) {
      if (status === "exited") continue;
      this.#change(pid, { status: "exited", exit });
      const source = { pid, process: name, time: this.now() };
      this.events.add(source, { type: "process.exited", exit });
    }
    const source = { pid: 0, process: "sandbox", time: this.now() };
    this.events.add(source, { type: "database.stopped", reason });
  }

  /** Sandbox time in ms: the container's machine is this one. */
  now(): number {
    return this.#clock.moment ?? machineNow() + this.#clock.offset;
  }

  offset(): number {
    const { moment, offset } = this.#clock;
    return moment === null ? offset : moment - machineNow();
  }

  frozen(): boolean {
    return this.#clock.moment !== null;
  }

  setFrozen(frozen: boolean): void {
    if (frozen === this.frozen()) return;
    this.#clock = frozen
      ? { offset: this.#clock.offset, moment: this.now() }
      : { offset: this.offset(), moment: null };
  }

  #change(pid: number, change: Partial<ProcessInfo>): void {
    this.#processes = this.#processes.map((info) =>
      info.pid === pid ? { ...info, ...change } : info,
    );
  }
}

function machineNow(): number {
  return performance.timeOrigin + performance.now();
}
