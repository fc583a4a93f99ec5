/**
 * The unit of every exchange between Ruby and its host: a JSON text followed by raw bytes, so that
 * binary values travel unchanged and the JSON of large results is never parsed where it only passes.
 *
 * Layout: u32 little-endian length of the JSON, the JSON in UTF-8, the blobs back to back.
 * The JSON object names the blobs' lengths in `blobs` when there are any.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Frame {
  json: string;
  blobs: Uint8Array[];
}

/** A decoded frame whose JSON has been parsed. */
export interface Message {
  body: Record<string, unknown>;
  blobs: Uint8Array[];
}

/** @param json must already name the blobs' lengths under `blobs` when there are any */
export function encodeFrame(
  json: string,
  blobs: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(json);
  const length = blobs.reduce((sum, blob) => sum + blob.byteLength, 4 + text.byteLength);
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, text.byteLength, true);
  bytes.set(text, 4);
  let offset = 4 + text.byteLength;
  for (const blob of blobs) {
    bytes.set(blob, offset);
    offset += blob.byteLength;
  }
  return bytes;
}

/** The blobs are views into `bytes`. Throws RangeError when the bytes are not a frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const json = decoder.decode(frameJson(bytes));
  return { json, blobs: splitBlobs(bytes, json) };
}

/** Parses the JSON as well. Throws SyntaxError or RangeError when the bytes are not a message. */
export function decodeMessage(bytes: Uint8Array): Message {
  const { json, blobs } = decodeFrame(bytes);
  const body: unknown = JSON.parse(json);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new SyntaxError("A message must be a JSON object");
  }
  return { body: body as Record<string, unknown>, blobs };
}

export function encodeMessage(
  body: Record<string, unknown>,
  blobs: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const lengths = blobs.map((blob) => blob.byteLength);
  const complete = blobs.length > 0 ? { ...body, blobs: lengths } : body;
  return encodeFrame(JSON.stringify(complete), blobs);
}

function frameJson(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength < 4) throw new RangeError("A frame has at least 4 bytes");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (4 + length > bytes.byteLength) throw new RangeError("The frame ends before its JSON does");
  // TextDecoder refuses views on shared memory in browsers, so such bytes are copied.
  const text = bytes.subarray(4, 4 + length);
  return bytes.buffer instanceof ArrayBuffer ? text : text.slice();
}

function splitBlobs(bytes: Uint8Array, json: string): Uint8Array[] {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const bare = start === bytes.byteLength;
  // Empty blobs take no bytes, so only the JSON knows of them; most JSON has none and is not parsed.
  if (bare && !json.includes('"blobs":[')) return [];
  const { blobs: lengths } = JSON.parse(json) as { blobs?: unknown };
  if (!Array.isArray(lengths)) {
    if (bare) return [];
    throw new RangeError("The frame has bytes that its JSON does not name");
  }
  let offset = start;
  return lengths.map((length: unknown) => {
    const end = offset + Number(length);
    if (!(end >= offset && end <= bytes.byteLength))
      throw new RangeError("A blob ends after the frame");
    const blob = bytes.subarray(offset, end);
    offset = end;
    return blob;
  });
}
