/** The tables that people read: ratios, and the times beside them. */
import type { BootTable } from "./boot.ts";
import type { BootFigures } from "./measures.ts";
import type { Results } from "./run.ts";

type Row = Record<string, string | number>;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (plain: number, ours: number) => `${(plain / ours).toFixed(1)}x`;

export function print(results: Results): void {
  const { download, boot, work, growth, workbench, browsers } = results;
  if (download) {
    const { plain, code, memory, databases } = download;
    table("Download before the first job", [
      { way: "plain: rails.wasm", gzip: megabytes(plain.gzip), brotli: megabytes(plain.brotli) },
      { way: "ours: code", gzip: megabytes(code.gzip), brotli: megabytes(code.brotli) },
      { way: "ours: memory", gzip: megabytes(memory.gzip), brotli: megabytes(memory.brotli) },
      {
        way: "ours: in all",
        gzip: megabytes(code.gzip + memory.gzip + databases.gzip),
        brotli: megabytes(code.brotli + memory.brotli + databases.brotli),
      },
    ]);
  }
  if (boot) {
    table("Boot in Chromium, the page visited before, browser open", bootRows(boot.warm));
    table("Boot in Chromium, the page visited before, browser just started", bootRows(boot.cold));
  }
  if (work) {
    const { plain, ours } = work;
    const { oneWorker, twoWorkers } = ours.performedPerSecond;
    table("Work in Chromium", [
      rateRow("queries/s", ours.queriesPerSecond, plain.queriesPerSecond),
      rateRow("perform_later/s", ours.enqueuedPerSecond, plain.enqueuedPerSecond),
      rateRow("performed/s, 1 worker", oneWorker, plain.performedPerSecond),
      rateRow("performed/s, 2 workers", twoWorkers, plain.performedPerSecond),
      rateRow("requests/s", ours.requestsPerSecond),
      { what: "click to performed", plain: "", ours: ms(ours.clickToPerformed), ratio: "" },
      ...Object.entries(ours.memoryBytes).map(([name, bytes]) => ({
        what: `memory of ${name}`,
        plain: "",
        ours: megabytes(bytes),
        ratio: "",
      })),
    ]);
  }
  if (growth) {
    table(
      "Growth: what one costs in Chromium with so many jobs waiting",
      growth.map((row) => ({
        waiting: row.waiting,
        claim: ms(row.claim),
        "claim against 10": times(row.claim, growth[0]?.claim ?? NaN),
        perform_later: ms(row.enqueue),
        counts: ms(row.counts),
        "newest 100 jobs": ms(row.newestJobs),
      })),
    );
  }
  if (workbench) {
    table(
      "Workbench in Chromium: times between two frames",
      workbench.map((row) => ({
        while: row.what,
        frames: row.frames,
        median: ms(row.median),
        "19 of 20 within": ms(row.p95),
        longest: ms(row.longest),
        elements: row.elements,
      })),
    );
  }
  for (const [name, figures] of Object.entries(browsers ?? {})) {
    if (figures) table(`Boot in ${name}, the page visited before`, bootRows(figures));
    else console.log(`\n${name} is not installed here.`);
  }
}

function rateRow(what: string, ours: number, plain?: number): Row {
  const known = plain !== undefined;
  return {
    what,
    plain: known ? plain.toFixed(0) : "",
    ours: ours.toFixed(0),
    ratio: known ? times(ours, plain) : "",
  };
}

function bootRows(figures: BootTable): Row[] {
  const plain = figures["plain-boot"];
  const row = (way: string, ours: BootFigures): Row => ({
    way,
    loaded: ms(ours.loaded),
    booted: ms(ours.booted),
    "first perform_later": ms(ours.firstEnqueue),
    "faster than plain": times(plain.firstEnqueue, ours.firstEnqueue),
    "next process": ms(ours.nextProcess),
    "than plain boot": times(plain.firstEnqueue, ours.nextProcess),
    memory: megabytes(ours.memoryBytes),
  });
  return [
    row("plain", plain),
    row("ours: console alone", figures.boot),
    row("ours: web, jobs, console", figures["boot-all"]),
  ];
}

function table(title: string, rows: Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((line) => line[index]?.length ?? 0)),
  );
  console.log(`\n${title}`);
  for (const line of cells) {
    console.log(
      line
        .map((cell, index) =>
          index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
        )
        .join("  "),
    );
  }
}
