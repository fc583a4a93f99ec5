/**
 * Databases with their schema loaded, made while the boot image is built: loading a schema takes longer
 * than starting a process. They serve every app whose files say the same about its databases.
 */
import type { FileTree } from "../sandbox.ts";

export interface PreparedDatabases {
  /** The files that decide what is in the databases, by path in the app, as text. */
  sources: Record<string, string>;
  /** SQLite files by their path as `config/database.yml` gives it. */
  files: Record<string, Uint8Array>;
}

const DECIDES = /^(db\/.*|config\/database\.yml)$/;
const decoder = new TextDecoder();

/** Of an app's files those that decide what is in its databases after `db:prepare`. */
export function decidingFiles(app: FileTree): Record<string, string> {
  return Object.fromEntries(
    Object.entries(app)
      .filter(([path]) => DECIDES.test(path))
      .map(([path, content]) => [
        path,
        typeof content === "string" ? content : decoder.decode(content),
      ]),
  );
}

/** Whether `db:prepare` would make the same of this app. */
export function areFor(app: FileTree, prepared: PreparedDatabases): boolean {
  const files = decidingFiles(app);
  const paths = Object.keys(files);
  return (
    paths.length === Object.keys(prepared.sources).length &&
    paths.every((path) => files[path] === prepared.sources[path])
  );
}

/** As JSON, in UTF-8. */
export function encodeDatabases({ sources, files }: PreparedDatabases): Uint8Array<ArrayBuffer> {
  const encoded = Object.entries(files).map(([path, bytes]) => [path, base64(bytes)]);
  return new TextEncoder().encode(
    JSON.stringify({ sources, files: Object.fromEntries(encoded) as Record<string, string> }),
  );
}

/** @throws SyntaxError when the bytes are no JSON, TypeError when they say something else */
export function decodeDatabases(bytes: Uint8Array): PreparedDatabases {
  const value = JSON.parse(decoder.decode(bytes)) as Partial<PreparedDatabases> | null;
  if (!value?.sources || !value.files) throw new TypeError("These are no prepared databases");
  const files = Object.entries(value.files).map(([path, text]) => [
    path,
    Uint8Array.from(atob(String(text)), (char) => char.charCodeAt(0)),
  ]);
  return { sources: value.sources, files: Object.fromEntries(files) };
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
