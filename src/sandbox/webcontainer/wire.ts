/**
 * Messages as text between the page and the runner. A WebContainer gives a process one stream each way,
 * a pseudo-terminal: it may echo what it is sent, end lines with CR LF, mix in what others print, and cut a
 * character in two. So a message is JSON in ASCII, on lines that begin with a mark of the side that
 * sent it and are short enough for a terminal that collects lines (4,096 bytes, termios(3)). The last line
 * of a message tells its length, and all others have the same.
 */
import { fromBase64, toBase64 } from "./base64.ts";

export type Side = "page" | "runner";

const MARKS: Record<Side, string> = { page: "<pl", runner: ">pl" };
const MORE = "+";
const LAST = ".";
const CHUNK = 2_000;

/** The message as lines, the last with its line end. */
export function toLines(side: Side, message: unknown): string {
  const text = asciiJson(pack(message));
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += CHUNK) {
    const end = start + CHUNK >= text.length ? `${LAST}${text.length}:` : MORE;
    lines.push(`${MARKS[side]}${end}${text.slice(start, start + CHUNK)}\n`);
  }
  // Whatever stands on the line already, without its end, is not of ours.
  return `\n${lines.join("")}`;
}

/** Finds the messages of one side in a stream. */
export class LineReader {
  readonly #side: Side;
  readonly #mark: string;
  readonly #receive: (message: unknown) => void;
  readonly #noise: (line: string) => void;
  readonly #heard: () => void;
  #line = "";
  #parts: string[] = [];
  /** The beginning of a line of ours whose rest has not come yet. */
  #cut = "";

  /**
   * @param receive throws nothing
   * @param noise gets lines that are no message of `side`
   * @param heard called for each line of a message of `side`, which may be long under way
   */
  constructor(
    side: Side,
    receive: (message: unknown) => void,
    noise: (line: string) => void,
    heard: () => void = () => undefined,
  ) {
    this.#side = side;
    this.#heard = heard;
    this.#mark = MARKS[side];
    this.#receive = receive;
    this.#noise = noise;
  }

  /** @throws {SyntaxError} for a message that came damaged */
  push(text: string): void {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop() ?? "";
    for (const line of lines) this.#take(line.replace(/\r+$/, ""));
  }

  #take(line: string): void {
    if (line === "") return;
    if (line.startsWith(MARKS[this.#side === "page" ? "runner" : "page"])) return this.#noise(line);
    const own = line.startsWith(this.#mark);
    if (own && this.#cut !== "") this.#giveUpCut();
    const text = own ? line : this.#cut + line;
    this.#cut = this.#isCut(text) ? text : "";
    if (this.#cut !== "") return;
    if (!text.startsWith(this.#mark)) return this.#noise(text);
    this.#heard();
    this.#takeWhole(text.slice(this.#mark.length));
  }

  /** An echo may end a line before its time, and the rest follows after it: each line tells how long it is. */
  #isCut(text: string): boolean {
    if (!text.startsWith(this.#mark)) return this.#mark.startsWith(text);
    const rest = text.slice(this.#mark.length);
    if (rest.startsWith(MORE)) return rest.length < MORE.length + CHUNK;
    const [, length, chunk] = LAST_LINE.exec(rest) ?? [];
    if (chunk === undefined) return UNFINISHED.test(rest);
    const wanted = Number(length) - this.#before();
    return chunk.length < wanted && wanted <= CHUNK;
  }

  /** Its rest has not come: of ours it was damaged, else only looked like ours. */
  #giveUpCut(): void {
    if (this.#cut.startsWith(this.#mark)) throw damaged();
    this.#noise(this.#cut);
  }

  #takeWhole(rest: string): void {
    if (rest.startsWith(MORE)) return void this.#parts.push(rest.slice(1));
    const [, length, chunk = ""] = LAST_LINE.exec(rest) ?? [];
    const whole = this.#parts.join("") + chunk;
    this.#parts = [];
    if (whole.length !== Number(length)) throw damaged();
    this.#receive(unpack(JSON.parse(whole)));
  }

  /** Characters of the message that came on earlier lines. */
  #before(): number {
    return this.#parts.reduce((sum, { length }) => sum + length, 0);
  }
}

const LAST_LINE = /^\.(\d+):(.*)$/;
/** What a last line may be, cut before its text. */
const UNFINISHED = /^(\.\d*)?$/;

function damaged(): SyntaxError {
  return new SyntaxError("a part of it is missing");
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What JSON has no words for becomes an object with one key that begins with `$`. */
function pack(value: unknown): unknown {
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (typeof value === "number") return Number.isFinite(value) ? value : { $number: String(value) };
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, pack(item)] as const);
  const packed = Object.fromEntries(entries);
  return entries.length === 1 && entries[0]?.[0].startsWith("$") ? { $object: packed } : packed;
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [key, item] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === "$bigint") return BigInt(item as string);
  if (key === "$number") return Number(item);
  if (key === "$bytes") return fromBase64(item as string);
  if (key === "$object") return unpackEntries(item as object);
  return unpackEntries(value);
}

function unpackEntries(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
}
