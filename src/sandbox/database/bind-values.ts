/** What the wire's values mean. Each function throws RequestError for what is none. */
import { RequestError } from "./errors.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** An upper bound of what the values take in the arena. */
export function bytesNeeded(values: readonly unknown[], blobs: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const value of values) {
    if (typeof value === "string") bytes += value.length * 3;
    else if (typeof value === "object" && value !== null) bytes += blobBytes(value, blobs);
  }
  return bytes;
}

function blobBytes(value: object, blobs: readonly Uint8Array[]): number {
  if (value instanceof Uint8Array) return value.byteLength;
  const { b, t } = value as { b?: unknown; t?: unknown };
  return blobs[Number(b ?? t)]?.byteLength ?? 0;
}

export function blobAt(blobs: readonly Uint8Array[], index: unknown): Uint8Array {
  const blob = typeof index === "number" ? blobs[index] : undefined;
  if (blob === undefined)
    throw new RequestError("a bound value points to a blob that is not there");
  return blob;
}

export function float(text: string): number {
  const value = Number(text);
  if (Number.isNaN(value) && text !== "NaN")
    throw new RequestError("a bound float is not a number");
  return value;
}

export function integer(text: string): bigint {
  if (!/^-?\d{1,20}$/.test(text)) throw new RequestError("a bound integer is not a number");
  return int64(BigInt(text));
}

export function int64(value: bigint): bigint {
  if (value < INT64_MIN || value > INT64_MAX)
    throw new RequestError("a bound integer has more than 64 bits");
  return value;
}
