const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** A moment of sandbox time as the learner's clock shows it: `14:02:07.800`. */
export function clockTime(ms: number, withMillis = true): string {
  const date = new Date(ms);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => pad(n)).join(":");
  return withMillis ? `${time}.${pad(date.getMilliseconds(), 3)}` : time;
}

/** A length of time: `82 ms`, `1.4 s`, `12 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A size in the unit that reads best: `142 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${(count / 1000).toFixed(0)} kB`;
  return `${(count / 1_000_000).toFixed(count < 10_000_000 ? 1 : 0)} MB`;
}

/** `1 job`, `3 jobs`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? noun : plural}`;
}

const NAMED = 3;
const AND = new Intl.ListFormat("en", { type: "conjunction" });

/** Files without their folders: `photo.rb, tag.rb, and 2 more files`. */
export function fileNames(paths: readonly string[]): string {
  const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (names.length <= NAMED) return AND.format(names);
  return AND.format([...names.slice(0, NAMED - 1), count(names.length - NAMED + 1, "more file")]);
}
