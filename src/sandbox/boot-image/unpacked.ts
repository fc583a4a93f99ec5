/** Unpacks a file of the boot image as it arrives, however it was packed. */
import { concatenate } from "./wasm-binary.ts";

export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

const GZIP_MAGIC = [0x1f, 0x8b];
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/**
 * Told by its first bytes: Zstandard, gzip, or nothing, where the browser has unpacked it already
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
  if (startsWith(ZSTD_MAGIC)) return whole.pipeThrough(await zstdDecompression());
  return whole;
}

/**
 * The decoder is loaded by those who need it: nobody with the files kept from an earlier visit. Piece by
 * piece it would take five times as long, since our files refer back over all of their length.
 */
async function zstdDecompression(): Promise<
  TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>
> {
  const { decompress } = await import("fzstd");
  const parts: Uint8Array[] = [];
  return new TransformStream({
    transform: (chunk) => void parts.push(chunk),
    flush: (controller) =>
      controller.enqueue(decompress(concatenate(parts)) as Uint8Array<ArrayBuffer>),
  });
}
