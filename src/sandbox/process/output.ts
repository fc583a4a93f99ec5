/** Standard output and error of a process: bytes in, whole lines out, in batches when there are many. */
import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import { fileStat } from "./file-stat.ts";

export interface OutputLine {
  stream: "stdout" | "stderr";
  /** Sandbox time in ms. */
  time: number;
  text: string;
}

/** A longer line is cut: one line must not fill a page's memory. */
const MAX_LINE_CHARACTERS = 64 * 1024;
/** So many lines go out one by one in each period; then they are gathered. */
const SINGLE_LINES = 50;
const BATCH_LINES = 500;
const PERIOD_MS = 50;

/** Gathers the lines of both streams in the order in which they were written. */
export class Output {
  readonly stdout: Fd;
  readonly stderr: Fd;
  readonly #send: (lines: OutputLine[]) => void;
  readonly #now: () => number;
  #batch: OutputLine[] = [];
  #periodStart = 0;
  #sentInPeriod = 0;

  /** @param now sandbox time in ms */
  constructor(send: (lines: OutputLine[]) => void, now: () => number) {
    this.#send = send;
    this.#now = now;
    this.stdout = new LineWriter((text) => this.#add("stdout", text));
    this.stderr = new LineWriter((text) => this.#add("stderr", text));
  }

  /** Sends what has been gathered. Called before the process sleeps or talks to others. */
  flush(): void {
    if (this.#batch.length === 0) return;
    this.#send(this.#batch);
    this.#batch = [];
  }

  #add(stream: "stdout" | "stderr", text: string): void {
    const cut =
      text.length > MAX_LINE_CHARACTERS ? `${text.slice(0, MAX_LINE_CHARACTERS)}… (cut)` : text;
    this.#batch.push({ stream, time: this.#now(), text: cut });
    const now = performance.now();
    if (now - this.#periodStart > PERIOD_MS) {
      this.#periodStart = now;
      this.#sentInPeriod = 0;
    }
    if (this.#sentInPeriod < SINGLE_LINES || this.#batch.length >= BATCH_LINES) {
      this.#sentInPeriod += 1;
      this.flush();
    }
  }
}

class LineWriter extends Fd {
  readonly #ino = Inode.issue_ino();
  readonly #decoder = new TextDecoder("utf-8");
  readonly #line: (text: string) => void;
  #rest = "";

  constructor(line: (text: string) => void) {
    super();
    this.#line = line;
  }

  override fd_fdstat_get() {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, 0);
    fdstat.fs_rights_base = BigInt(wasi.RIGHTS_FD_WRITE);
    return { ret: 0, fdstat };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: fileStat(this.#ino, wasi.FILETYPE_CHARACTER_DEVICE, 0n, 0n) };
  }

  override fd_write(data: Uint8Array) {
    const lines = (this.#rest + this.#decoder.decode(data, { stream: true })).split("\n");
    this.#rest = lines.pop() as string;
    for (const line of lines) this.#line(line);
    if (this.#rest.length > MAX_LINE_CHARACTERS) {
      this.#line(this.#rest);
      this.#rest = "";
    }
    return { ret: 0, nwritten: data.byteLength };
  }
}
