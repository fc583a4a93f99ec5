import type { JobRow } from "../../sandbox/sandbox.ts";

/** The arguments as the learner wrote them, as far as Active Job's serialized form tells. */
export function argumentsOf(row: Pick<JobRow, "serialized">): string {
  const serialized = row.serialized as { arguments?: unknown[] } | null;
  return (serialized?.arguments ?? []).map(argument).join(", ");
}

function argument(value: unknown): string {
  if (typeof value === "object" && value !== null && "_aj_globalid" in value) {
    return String(value._aj_globalid).replace(/^gid:\/\/[^/]+\//, "");
  }
  return JSON.stringify(value) ?? "";
}
