/** What the sandbox answers to its processes (the `kernel.*` calls of src/sandbox/ruby). */
import { decodeMessage, encodeMessage } from "../frame.ts";
import type { SignalName } from "../sandbox.ts";
import type { LocalFiles } from "./files.ts";
import {
  parseKernelCall,
  type CheckCall,
  type DatabasePaths,
  type KernelCall,
  type SentMail,
} from "./kernel-messages.ts";
import type { ProcessRecord } from "./process-record.ts";

export interface KernelParts {
  files: LocalFiles;
  /** False when there is no such process. A null signal only asks. */
  signal(pid: number, signal: SignalName | null): boolean;
  deliver(process: ProcessRecord, mail: SentMail): void;
  databases(paths: DatabasePaths): Promise<void>;
  /** Calls that only a check may make. */
  checkCall(call: CheckCall, content: Uint8Array | undefined): Promise<Result>;
}

type Result = { body: Record<string, unknown>; blobs?: Uint8Array[] };

/** Answers one call; what goes wrong is in the answer. */
export async function answerKernelCall(
  process: ProcessRecord,
  frame: Uint8Array,
  parts: KernelParts,
): Promise<Uint8Array> {
  try {
    const message = decodeMessage(frame);
    const call = parseKernelCall(message.body);
    const { body, blobs } = await answer(process, call, message.blobs, parts);
    return encodeMessage(body, blobs);
  } catch (error) {
    return encodeMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
}

function answer(
  process: ProcessRecord,
  call: KernelCall,
  blobs: readonly Uint8Array[],
  parts: KernelParts,
): Result | Promise<Result> {
  switch (call.op) {
    case "kernel.receive":
      return receive(process);
    case "kernel.respond":
      process.answer(call.id, { answer: call.answer, blobs: blobs.map((blob) => blob.slice()) });
      return { body: {} };
    case "kernel.started":
      process.hasStarted();
      return { body: {} };
    case "kernel.files":
      return changedFiles(parts.files, call.since);
    case "kernel.kill":
      return { body: { found: parts.signal(call.pid, call.signal) } };
    case "kernel.interrupted":
      return { body: { id: process.interrupted } };
    case "kernel.lives_on":
      process.livesOn();
      return { body: {} };
    case "kernel.mail":
      parts.deliver(process, call.mail);
      return { body: {} };
    case "kernel.databases":
      return parts.databases(call.databases).then(() => ({ body: {} }));
    default:
      return parts.checkCall(call, blobs[0]);
  }
}

function receive(process: ProcessRecord): Result {
  const request = process.takeRequest();
  return request ? { body: { message: request.message }, blobs: request.blobs } : { body: {} };
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
