/** A bench on the databases and events that tests/fixtures/record-database.ts took from a real sandbox. */
import { signal } from "@preact/signals";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { vi } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import type { SandboxEvent } from "../../../src/sandbox/events.ts";
import type { DatabaseReader, ProcessInfo } from "../../../src/sandbox/sandbox.ts";
import type { Bench } from "../../../src/workbench/session/bench.ts";
import { fakeEvents } from "./fake-sandbox.ts";

interface Recorded {
  now: number;
  processes: ProcessInfo[];
  /** So many events came before the job that changed a photo. */
  opening: number;
  events: SandboxEvent[];
  /** Database files, gzipped, in base64. */
  before: Record<string, string>;
  after: Record<string, string>;
}

const file = fileURLToPath(import.meta.resolve("../../fixtures/database.json"));
export const RECORDED = JSON.parse(readFileSync(file, "utf8")) as Recorded;

/** The recorded events of the job, in their order. */
const OF_THE_JOB = RECORDED.events.slice(RECORDED.opening);

export interface RecordedDatabase {
  bench: Bench;
  /** Tells what happened up to the first event of this kind, that one too. */
  tellUntil(isWanted: (event: SandboxEvent) => boolean): void;
  /** Tells the rest. */
  tellRest(): void;
}

export async function recordedDatabase(): Promise<RecordedDatabase> {
  const server = await DatabaseServer.create({ now: () => RECORDED.now });
  const pathOf = (database: string) => `${database}.sqlite3`;
  const lay = (files: Record<string, string>) => {
    for (const [database, text] of Object.entries(files))
      server.page.import(pathOf(database), gunzipSync(Buffer.from(text, "base64")));
  };
  for (const database of Object.keys(RECORDED.before)) server.page.open(pathOf(database));
  lay(RECORDED.before);
  const events = fakeEvents();
  const tell = ({ seq: _, time, ...event }: SandboxEvent) => events.emit(event, time);
  for (const event of RECORDED.events.slice(0, RECORDED.opening)) tell(event);
  let told = 0;

  function tellUpTo(end: number) {
    for (const event of OF_THE_JOB.slice(told, end)) {
      // Rows are told once they are committed.
      if (event.type === "rows.changed" && event.database === "primary") lay(RECORDED.after);
      tell(event);
    }
    told = end;
  }

  const reader: DatabaseReader = {
    tables: async (name) => Promise.resolve(server.page.tables(pathOf(name))),
    schema: async (name) => Promise.resolve(server.page.schema(pathOf(name))),
    query: async (name, sql, binds) => Promise.resolve(server.page.query(pathOf(name), sql, binds)),
  };
  const bench = {
    sandbox: {
      events,
      clock: { now: () => RECORDED.now },
      database: {
        ...reader,
        names: () => Promise.resolve(Object.keys(RECORDED.before)),
        knownSince: (name: string) => Promise.resolve(server.page.knownSince(pathOf(name))),
      },
    },
    asOf: signal<number | null>(null),
    processes: { data: signal(RECORDED.processes) },
    startFresh: vi.fn(),
  } as unknown as Bench;
  return {
    bench,
    tellUntil(isWanted) {
      const index = OF_THE_JOB.findIndex((event, place) => place >= told && isWanted(event));
      if (index < 0) throw new Error("Nothing like that was recorded.");
      tellUpTo(index + 1);
    },
    tellRest: () => tellUpTo(OF_THE_JOB.length),
  };
}
