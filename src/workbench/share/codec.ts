/**
 * The learner's code in a link: what differs from the starter, as JSON, deflated, in base64url, in
 * the address's fragment, which browsers do not send to servers.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import * as z from "zod/mini";
import { pathProblem } from "../../course/file-names.ts";
import type { Edits } from "../../course/saved-edits.ts";

/** What a link carries. */
export interface SharedCode {
  /** The lesson, or the playground's app, that the files belong to. */
  slug: string;
  files: Edits;
}

/** The longest fragment that we make or read, in characters. Browsers take more, chats often do not. */
export const MAX_LINK = 32_000;
/** The most that a fragment may unpack to, in bytes. */
const MAX_UNPACKED = 1_000_000;
const MAX_FILES = 200;
const VERSION = 1;
const NAME = "code";

const schema = z.strictObject({
  version: z.literal(VERSION),
  slug: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  files: z.record(
    z.string().check(z.refine((path) => pathProblem(path, []) === null)),
    z.nullable(z.string()),
  ),
});

/** Why a link cannot be made or read; the message is a sentence for the learner. */
export class SharedCodeError extends Error {
  override name = "SharedCodeError";
}

/**
 * @returns the fragment, with its `#`
 * @throws {SharedCodeError} when the code is too much for a link
 */
export function encodeShared({ slug, files }: SharedCode): string {
  const packed = deflateSync(strToU8(JSON.stringify({ version: VERSION, slug, files })), {
    level: 9,
  });
  const fragment = `#${NAME}=${toBase64Url(packed)}`;
  if (fragment.length > MAX_LINK) {
    throw new SharedCodeError(
      `Your changes are too much for a link: it would have ${fragment.length.toLocaleString("en")} ` +
        `characters, and ${MAX_LINK.toLocaleString("en")} is the most that travels well. ` +
        "Download the app as a zip instead.",
    );
  }
  return fragment;
}

/** True for a fragment that means to carry code. */
export function carriesCode(fragment: string): boolean {
  return fragment.startsWith(`#${NAME}=`);
}

/**
 * @param fragment with its `#`
 * @throws {SharedCodeError} when it is damaged, too large, or not of this kind
 */
export function decodeShared(fragment: string): SharedCode {
  if (fragment.length > MAX_LINK) throw new SharedCodeError("The code in this link is too large.");
  let json: unknown;
  try {
    json = JSON.parse(strFromU8(inflate(fromBase64Url(fragment.slice(NAME.length + 2)))));
  } catch (error) {
    if (error instanceof SharedCodeError) throw error;
    throw new SharedCodeError(
      "The code in this link is damaged: perhaps a part of it was cut off.",
    );
  }
  const result = schema.safeParse(json);
  if (!result.success || Object.keys(result.data.files).length > MAX_FILES) {
    throw new SharedCodeError("This link carries something else than code for this course.");
  }
  return { slug: result.data.slug, files: result.data.files };
}

/** Unpacks, and stops where it gets too much: a short link may unpack to gigabytes. */
function inflate(packed: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    size += chunk.length;
    if (size > MAX_UNPACKED) throw new SharedCodeError("The code in this link is too large.");
    chunks.push(chunk);
    ended = final;
  });
  // In small pieces, so that no single one unpacks to much.
  for (let at = 0; at < packed.length; at += 1024) {
    stream.push(packed.subarray(at, at + 1024), at + 1024 >= packed.length);
  }
  if (!ended) throw new Error("cut off");
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
