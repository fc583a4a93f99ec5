/** What a process needs to start: options that make sense, channels, and the message that says what it is. */
import type { SharedClock } from "../clock.ts";
import type { ChannelEnd, StartMessage } from "../protocol.ts";
import { ProcessStartError, type RefusedOption, type StartOptions } from "../sandbox.ts";
import { createChannelBuffer, SyncServer } from "../sync-channel.ts";
import type { LocalFiles } from "./files.ts";
import type { Platform } from "./platform.ts";
import type { ProcessChannels, ProcessRecord } from "./process-record.ts";

/** What the process gets of its channels. */
interface FarEnds {
  kernel: SharedArrayBuffer;
  database: ChannelEnd<unknown>;
}

/**
 * What the sandbox, the process and the database get of the process's two channels.
 * @param call answers a call on the kernel: one frame with one frame
 */
export function openChannels(
  platform: Platform,
  call: (frame: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): {
  near: ProcessChannels;
  far: FarEnds;
  toDatabase: ChannelEnd<unknown>;
} {
  const kernel = createChannelBuffer();
  const [databasePort, processPort] = platform.openWorkerChannel();
  const buffer = createChannelBuffer();
  return {
    near: { kernel: new SyncServer(kernel, call), database: buffer },
    far: {
      kernel,
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
    throw refused({ name: "threads", rule: "must be a whole number above 0." });
  }
  if (pollingInterval !== undefined && !(Number.isFinite(pollingInterval) && pollingInterval > 0)) {
    const rule = "must be a number of seconds above 0, such as 0.5.";
    throw refused({ name: "pollingInterval", rule });
  }
  if (queues && (queues.length === 0 || queues.some((name) => name.trim() === ""))) {
    throw refused({ name: "queues", rule: "must name at least one queue, or be left out." });
  }
}

function refused(option: RefusedOption): ProcessStartError {
  return new ProcessStartError(`${option.name} ${option.rule}`, null, option);
}
