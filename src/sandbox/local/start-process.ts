/** What a process needs to start: options that make sense, channels, and the message that says what it is. */
import type { SharedClock } from "../clock.ts";
import type { ChannelEnd, StartMessage } from "../protocol.ts";
import { ProcessStartError, type StartOptions } from "../sandbox.ts";
import { createChannelBuffer } from "../sync-channel.ts";
import type { LocalFiles } from "./files.ts";
import type { Platform } from "./platform.ts";
import type { ProcessChannels, ProcessRecord } from "./process-record.ts";

/** The process's ends of its channels, to be transferred. */
interface FarEnds {
  kernel: ChannelEnd<unknown>;
  database: ChannelEnd<unknown>;
}

/** Of both channels the sandbox's and the process's end, and of one the database's. */
export function openChannels(platform: Platform): {
  near: ProcessChannels;
  far: FarEnds;
  toDatabase: ChannelEnd<unknown>;
} {
  const kernel = platform.openChannel();
  const [databasePort, processPort] = platform.openWorkerChannel();
  const buffer = createChannelBuffer();
  return {
    near: { kernel: kernel.near, database: buffer },
    far: {
      kernel: { port: kernel.far, buffer: createChannelBuffer() },
      database: { port: processPort, buffer },
    },
    toDatabase: { port: databasePort, buffer },
  };
}

export function startMessage(
  { role, info, control }: ProcessRecord,
  parts: {
    imageLibrary: WebAssembly.Module;
    clock: SharedClock;
    files: LocalFiles;
    followLines: boolean;
  },
  { kernel, database }: FarEnds,
  prepareDatabases: boolean,
): StartMessage<unknown> {
  const { imageLibrary, clock, files, followLines } = parts;
  return {
    type: "start",
    pid: info.pid,
    kind: role,
    name: info.name,
    options: rubyOptions(info.options),
    imageLibrary,
    clock: clock.buffer,
    control: control.buffer,
    files: files.snapshot(),
    prepareDatabases,
    followLines,
    database,
    kernel,
  };
}

function rubyOptions(options: StartOptions | null): Record<string, unknown> {
  if (options === null) return {};
  const { queues, threads, pollingInterval } = options;
  return { queues, threads, polling_interval: pollingInterval };
}

/** @throws {ProcessStartError} before anything has been started */
export function checkOptions(options: StartOptions | null): void {
  const { queues, threads, pollingInterval } = options ?? {};
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new ProcessStartError("threads must be a whole number above 0.");
  }
  if (pollingInterval !== undefined && !(Number.isFinite(pollingInterval) && pollingInterval > 0)) {
    throw new ProcessStartError("pollingInterval must be a number of seconds above 0.");
  }
  if (queues && (queues.length === 0 || queues.some((name) => name.trim() === ""))) {
    throw new ProcessStartError("queues must name at least one queue, or be left out.");
  }
}
