/** Unpacks a file of the boot image as it arrives, however it was packed. */
import type * as Xz from "xz-decompress";

export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

const GZIP_MAGIC = [0x1f, 0x8b];
const XZ_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a];

/**
 * Told by its first bytes: xz, gzip, or nothing, where the browser has unpacked it already
 * because a server called it gzip-encoded.
 */
export async function unpacked(stream: ByteStream): Promise<ByteStream> {
  const reader = stream.getReader();
  const first = await reader.read();
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => (first.done ? controller.close() : controller.enqueue(first.value)),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const startsWith = (magic: number[]) =>
    magic.every((byte, index) => first.value?.[index] === byte);
  if (startsWith(GZIP_MAGIC)) return whole.pipeThrough(new DecompressionStream("gzip"));
  if (startsWith(XZ_MAGIC)) return unpackedXz(whole);
  return whole;
}

/** The decoder is loaded by those who need it: nobody with the files kept from an earlier visit. */
async function unpackedXz(stream: ByteStream): Promise<ByteStream> {
  const found: typeof Xz & { default?: typeof Xz } = await import("xz-decompress");
  const { XzReadableStream } = found.default ?? found; // Node finds no names in what is CommonJS
  return new XzReadableStream(stream) as ByteStream;
}
