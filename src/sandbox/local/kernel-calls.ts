/** What the sandbox answers to its processes (the `kernel.*` calls of src/sandbox/ruby). */
import { decodeMessage, encodeMessage, type Message } from "../frame.ts";
import type { Mail, SignalName } from "../sandbox.ts";
import type { LocalFiles } from "./files.ts";
import type { ProcessRecord } from "./process-record.ts";

/** What a process read in the app's configuration. */
export interface DatabasePaths {
  /** Databases by name. */
  paths: Record<string, string>;
  /** The one that holds the queue. */
  queue: string;
  /** How long (ms) a process may be without heartbeat before it counts as dead. */
  aliveThreshold: number;
}

export interface KernelParts {
  files: LocalFiles;
  /** False when there is no such process. A null signal only asks. */
  signal(pid: number, signal: SignalName | null): boolean;
  deliver(process: ProcessRecord, mail: Omit<Mail, "id" | "time" | "pid" | "process">): void;
  databases(paths: DatabasePaths): void;
  /** Calls that only a check may make. */
  checkCall(message: Message): Promise<{ body: Record<string, unknown>; blobs?: Uint8Array[] }>;
}

type Result = { body: Record<string, unknown>; blobs?: Uint8Array[] };

/** Answers one call; what goes wrong is in the answer. */
export async function answerKernelCall(
  process: ProcessRecord,
  frame: Uint8Array,
  parts: KernelParts,
): Promise<Uint8Array> {
  try {
    const { body, blobs } = await answer(process, decodeMessage(frame), parts);
    return encodeMessage(body, blobs);
  } catch (error) {
    return encodeMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
}

function answer(
  process: ProcessRecord,
  message: Message,
  parts: KernelParts,
): Result | Promise<Result> {
  const { body } = message;
  switch (body["op"]) {
    case "kernel.receive":
      return receive(process);
    case "kernel.respond":
      return respond(process, message);
    case "kernel.started":
      process.info.status = "running";
      process.started.resolve();
      return { body: {} };
    case "kernel.files":
      return changedFiles(parts.files, body["since"] as number);
    case "kernel.kill":
      return {
        body: { found: parts.signal(body["pid"] as number, body["signal"] as SignalName | null) },
      };
    case "kernel.mail":
      parts.deliver(process, body["mail"] as Mail);
      return { body: {} };
    case "kernel.databases":
      parts.databases(body["databases"] as DatabasePaths);
      return { body: {} };
    default:
      return parts.checkCall(message);
  }
}

function receive(process: ProcessRecord): Result {
  const request = process.takeRequest();
  return request ? { body: { message: request.message }, blobs: request.blobs } : { body: {} };
}

function respond(process: ProcessRecord, { body, blobs }: Message): Result {
  const answer = body["answer"] as Record<string, unknown>;
  process.answer(body["id"] as number, { answer, blobs: blobs.map((blob) => blob.slice()) });
  return { body: {} };
}

function changedFiles(files: LocalFiles, since: number): Result {
  const changes = files.changesSince(since);
  return {
    body: {
      version: files.version,
      changes: changes.map(({ path, content }) => ({ path, deleted: content === null })),
    },
    blobs: changes.flatMap(({ content }) => (content === null ? [] : [content])),
  };
}
