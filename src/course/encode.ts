import type { FileTree } from "./file-tree.ts";

/** A file tree as JSON: text as it is, bytes as base64. */
export type EncodedTree = Record<string, string | { base64: string }>;

/** Makes a file tree fit for JSON. */
export function encodeTree(tree: FileTree): EncodedTree {
  return mapValues(tree, (content) =>
    typeof content === "string" ? content : { base64: toBase64(content) },
  );
}

/** The inverse of `encodeTree`. */
export function decodeTree(tree: EncodedTree): FileTree {
  return mapValues(tree, (content) =>
    typeof content === "string" ? content : fromBase64(content.base64),
  );
}

/** The same keys, each value changed. */
export function mapValues<A, B>(
  record: Record<string, A>,
  change: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
