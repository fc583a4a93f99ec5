/** Errors of the interface, across the wire and back: the class is told by its name. */
import {
  BootError,
  DatabaseError,
  NoSuchProcessError,
  ProcessStartError,
  SandboxError,
} from "../sandbox.ts";
import type { Refusal } from "./messages.ts";

export function toRefusal(error: unknown, aborted: boolean): Refusal {
  const start = error instanceof ProcessStartError ? error : null;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, ruby: start?.error ?? null, option: start?.option ?? null, aborted };
}

export function toError({ name, message, ruby, option }: Refusal): Error {
  switch (name) {
    case "BootError":
      return new BootError(message);
    case "DatabaseError":
      return new DatabaseError(message);
    case "NoSuchProcessError":
      return new NoSuchProcessError(message);
    case "ProcessStartError":
      return new ProcessStartError(message, ruby, option);
    default:
      return new SandboxError(message);
  }
}
