/** A value of a form: text, or a file as its bytes. */
export type FormValue = string | { name: string; type: string; bytes: ArrayBuffer };

/** What a page in the frame may ask for. */
export type GuestMessage =
  | { type: "navigate"; href: string }
  /** A line of the app's files, which an error page named. */
  | { type: "open"; path: string; line: number }
  | {
      type: "submit";
      action: string;
      method: "get" | "post";
      enctype: string;
      entries: [string, FormValue][];
    };

/** As it travels: with the nonce of the load that it belongs to. */
export type GuestEnvelope = GuestMessage & { nonce: string };

const MAX_ENTRIES = 1000;
const MAX_TEXT = 1_000_000;
/** An upload may be this large, in bytes. */
export const MAX_FILE = 50_000_000;

/** Checks a message from the frame; null when it is not one that the frame may send. */
export function parseGuestMessage(data: unknown, nonce: string): GuestMessage | null {
  if (!isRecord(data) || data["nonce"] !== nonce) return null;
  const { type, href, path, line, action, method, enctype, entries } = data;

  if (type === "navigate") return isText(href) ? { type, href } : null;
  if (type === "open") {
    const isPlace = isText(path) && Number.isSafeInteger(line) && Number(line) > 0;
    return isPlace ? { type, path, line: Number(line) } : null;
  }
  if (type !== "submit") return null;
  if (!isText(action) || !isText(enctype)) return null;
  if (method !== "get" && method !== "post") return null;
  if (!Array.isArray(entries) || entries.length > MAX_ENTRIES) return null;
  return entries.every(isEntry) ? { type, action, method, enctype, entries } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT;
}

function isEntry(value: unknown): value is [string, FormValue] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [name, content] = value as unknown[];
  return isText(name) && (isText(content) || isFile(content));
}

function isFile(value: unknown): value is FormValue {
  if (!isRecord(value)) return false;
  const { name, type, bytes } = value;
  return (
    isText(name) && isText(type) && bytes instanceof ArrayBuffer && bytes.byteLength <= MAX_FILE
  );
}
