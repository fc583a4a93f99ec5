/** The parts of a running sandbox, and how they come up. */
import { areFor } from "../boot-image/databases.ts";
import type { SharedClock } from "../clock.ts";
import { DatabaseError, type BootImage, type BootOptions, type StartOptions } from "../sandbox.ts";
import type { DatabaseClient } from "./database-client.ts";
import { LocalDatabases } from "./databases.ts";
import type { LocalFiles } from "./files.ts";
import { KeptProcess } from "./kept-process.ts";
import type { Platform } from "./platform.ts";
import { ProcessTable, type ProcessTableParts } from "./process-table.ts";
import type { ProcessWorkers } from "./process-workers.ts";
import { SolidQueueBackend } from "./solid-queue.ts";
import type { EventStream, LogStream } from "./streams.ts";

const OTHER_IMAGE = "The stored databases belong to another version of the sandbox.";

export interface Machine {
  image: BootImage;
  databases: LocalDatabases;
  processes: ProcessTable;
  queue: SolidQueueBackend;
  console: KeptProcess;
}

export interface MachineParts {
  platform: Platform;
  workers: ProcessWorkers;
  image: BootImage;
  imageLibrary: WebAssembly.Module;
  clock: SharedClock;
  database: DatabaseClient;
  files: LocalFiles;
  events: EventStream;
  logs: LogStream;
  firstPid: number | undefined;
  /** For checks. */
  followLines: boolean;
  call: ProcessTableParts["call"];
}

/** None of its processes has been started yet. */
export function createMachine({ image, platform, followLines, ...parts }: MachineParts): Machine {
  const processes: ProcessTable = new ProcessTable({
    ...parts,
    platform,
    followLines,
    // A check is over soon.
    spares: followLines ? 0 : platform.spareProcesses,
    shutdownTimeout: () => databases.shutdownTimeout,
    // Nobody is told of a failure: the next supervisor prunes what is left.
    deregister: (pid) => void queue.deregister(pid).catch(() => undefined),
  });
  const databases = new LocalDatabases(parts.database, () => processes.killAll());
  const console = new KeptProcess(() => processes.launch("console", null));
  // Started when it is first needed: it takes as much memory as any process.
  const dashboard = new KeptProcess(() => processes.launch("dashboard", null));
  const queue = new SolidQueueBackend(
    databases,
    () => dashboard.get(),
    () => parts.clock.now(),
  );
  return { image, databases, processes, queue, console };
}

/** Keeps what the sandbox is to go on from. Rejects with DatabaseError when that is unfit. */
export async function keepSnapshot(
  { image, databases }: Machine,
  { snapshot }: BootOptions,
): Promise<void> {
  if (!snapshot) return;
  if (snapshot.image !== image.id) throw new DatabaseError(OTHER_IMAGE);
  await databases.keepToRestore(snapshot.databases);
}

/**
 * Resolves once all of them run; the console, where none is wanted. Rejects with ProcessStartError or the
 * signal's reason.
 */
export async function startProcesses(
  machine: Machine,
  wanted: readonly StartOptions[],
  options: BootOptions,
  signal: AbortSignal,
): Promise<void> {
  const { processes } = machine;
  signal.throwIfAborted();
  const layingDown = layDownPrepared(machine, options);
  const [first, ...others] = wanted;
  const starting = first ? processes.launch(first.kind, first) : machine.console.get();
  // Where no databases are prepared, the first one does it, and the others start after it.
  if (!layingDown) {
    await starting;
    signal.throwIfAborted();
  }
  const further = others.map((start) => processes.launch(start.kind, start));
  await Promise.all([layingDown, starting, ...further]);
}

/**
 * Lays the prepared databases down, when they are what this app would make; null when they are not. Who starts
 * meanwhile finds them: the database's worker connects nobody before it has done what it was asked before.
 */
function layDownPrepared(
  { image, databases, processes }: Machine,
  { files, snapshot }: BootOptions,
): Promise<void> | null {
  if (snapshot || !image.databases || !areFor(files, image.databases)) return null;
  processes.databasesArePrepared();
  return databases.layDown(image.databases.files);
}
