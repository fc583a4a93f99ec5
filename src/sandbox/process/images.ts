/**
 * The image library that Ruby's `Photon::Image` speaks to: looks at a picture, makes a new one from
 * it (smaller, filtered, in another format), names its colours. Synchronous, as Ruby needs it.
 */
import { summarizeColors, type ColorSummary } from "./image-colors.ts";
import { readImageHeader, type ImageHeader } from "./image-header.ts";
import { liesOnItsSide, onWhite, upright, type Pixels } from "./image-pixels.ts";
import { readRender, readSteps, type Render, type Step } from "./image-request.ts";
import { PhotonInstance, type PhotonImage } from "./photon-instance.ts";

export interface ImageReply {
  result: ImageInfo | ColorSummary | ImageSize;
  blobs: Uint8Array<ArrayBuffer>[];
}

export interface ImageSize {
  width: number;
  height: number;
}

export interface ImageInfo extends ImageSize {
  format: string;
}

export interface ImageLibrary {
  /**
   * Does one operation on the picture in `blobs[0]`:
   *
   * - `image.info` `{ steps? }`: format and size; decodes nothing
   * - `image.render` `{ steps?, format, quality? }`: a new picture in `blobs[0]` of the reply
   * - `image.colors` `{ steps? }`: the colours it mostly has, and tags
   *
   * A step is `{ type: "resize", width, height }` (to fit in, never larger) or `{ type: "filter", name }`.
   *
   * @throws {ImageError} with a sentence for people: no picture, too large, damaged
   */
  handle(op: string, args: object, blobs: readonly Uint8Array[]): ImageReply;
}

/** The message is for the learner. */
export class ImageError extends Error {
  override name = "ImageError";
}

/** A decoded pixel takes four bytes, several times over: more than this and a tab may run out of memory. */
export const MAX_PIXELS = 50_000_000;

/** An instance whose memory grew beyond this is dropped, since it would never shrink. */
const KEPT_MEMORY = 64 * 1024 * 1024;

/** Enough pixels to say which colours a picture has. */
const COLOR_SAMPLE: Step = { type: "resize", width: 64, height: 64 };

/** @param module photon's WebAssembly: see `image-module-node.ts` and `image-module-browser.ts` */
export function createImageLibrary(module: WebAssembly.Module): ImageLibrary {
  let kept: PhotonInstance | null = null;

  /** Lends an instance to `work`, and keeps it for the next time only if it is still sound and small. */
  function withPhoton<Result>(work: (photon: PhotonInstance) => Result): Result {
    const photon = kept ?? new PhotonInstance(module);
    kept = null;
    const result = work(photon);
    if (photon.memoryBytes <= KEPT_MEMORY) kept = photon;
    return result;
  }

  function process(
    bytes: Uint8Array,
    steps: Step[],
    use: (photon: PhotonInstance, image: PhotonImage) => void,
  ): void {
    const header = headerOf(bytes);
    try {
      withPhoton((photon) => {
        const image = take(photon, photon.decode(bytes), steps, header);
        use(photon, image);
        photon.free(image);
      });
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError)
        throw new ImageError(damaged(header), { cause: error });
      if (error instanceof RangeError)
        throw new ImageError("The picture needs more memory than there is.", { cause: error });
      throw error;
    }
  }

  function render(bytes: Uint8Array, { steps, format, quality }: Render): ImageReply {
    const header = headerOf(bytes);
    const reply: ImageReply = { result: { width: 0, height: 0 }, blobs: [] };
    process(bytes, steps, (photon, image) => {
      const finished = finish(photon, image, header, format);
      reply.result = { width: photon.width(finished), height: photon.height(finished) };
      reply.blobs = [encode(photon, finished, format, quality)];
      if (finished !== image) photon.free(finished);
    });
    return reply;
  }

  function colors(bytes: Uint8Array, steps: Step[]): ImageReply {
    let pixels: Uint8Array = new Uint8Array();
    process(bytes, [...steps, COLOR_SAMPLE], (photon, image) => {
      pixels = photon.pixels(image);
    });
    return { result: summarizeColors(pixels), blobs: [] };
  }

  return {
    handle(op, args, blobs) {
      const bytes = blobs[0] ?? new Uint8Array();
      if (op === "image.info")
        return { result: infoOf(headerOf(bytes), readSteps(args)), blobs: [] };
      if (op === "image.render") return render(bytes, readRender(args));
      if (op === "image.colors") return colors(bytes, readSteps(args));
      throw new ImageError(`There is no image operation "${op}".`);
    },
  };
}

function headerOf(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new ImageError("The picture is empty: it has 0 bytes.");
  const header = readImageHeader(bytes);
  if (!header) throw new ImageError("This is not a JPEG, PNG, GIF or WebP picture.");
  const { width, height } = header;
  if (width === 0 || height === 0) throw new ImageError(damaged(header));
  if (width * height > MAX_PIXELS) {
    throw new ImageError(
      `The picture is too large: ${width} x ${height} pixels, and ${MAX_PIXELS / 1_000_000} million are allowed.`,
    );
  }
  return header;
}

function damaged({ format }: ImageHeader): string {
  return `This ${format.toUpperCase()} picture cannot be read: it seems to be damaged or cut off.`;
}

function infoOf(header: ImageHeader, steps: Step[]): ImageInfo {
  let size: ImageSize = liesOnItsSide(header.orientation)
    ? { width: header.height, height: header.width }
    : { width: header.width, height: header.height };
  for (const step of steps) if (step.type === "resize") size = fitted(size, step);
  return { format: header.format, ...size };
}

/** Runs the steps on the stored pixels; they are turned upright later, when there are fewer of them. */
function take(
  photon: PhotonInstance,
  image: PhotonImage,
  steps: Step[],
  header: ImageHeader,
): PhotonImage {
  for (const step of steps) {
    if (step.type === "filter") photon.filter(image, step.name);
    else image = resized(photon, image, liesOnItsSide(header.orientation) ? turned(step) : step);
  }
  return image;
}

function resized(photon: PhotonInstance, image: PhotonImage, limit: ImageSize): PhotonImage {
  const size = { width: photon.width(image), height: photon.height(image) };
  const { width, height } = fitted(size, limit);
  if (width === size.width && height === size.height) return image;
  const smaller = photon.resize(image, width, height);
  photon.free(image);
  return smaller;
}

/** The largest size that fits into `limit` and keeps the shape; never larger than it was. */
function fitted(size: ImageSize, limit: ImageSize): ImageSize {
  const scale = Math.min(1, limit.width / size.width, limit.height / size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

function turned({ width, height }: ImageSize): ImageSize {
  return { width: height, height: width };
}

/** The picture as it is encoded: upright, and without transparency where the format knows none. */
function finish(
  photon: PhotonInstance,
  image: PhotonImage,
  header: ImageHeader,
  format: Render["format"],
): PhotonImage {
  const flatten = format === "jpeg" && header.format !== "jpeg";
  if (header.orientation === 1 && !flatten) return image;
  let pixels: Pixels = {
    rgba: photon.pixels(image),
    width: photon.width(image),
    height: photon.height(image),
  };
  if (flatten) pixels = onWhite(pixels);
  pixels = upright(pixels, header.orientation);
  return photon.fromPixels(pixels.rgba, pixels.width, pixels.height);
}

function encode(
  photon: PhotonInstance,
  image: PhotonImage,
  format: Render["format"],
  quality: number,
): Uint8Array<ArrayBuffer> {
  if (format === "jpeg") return photon.toJpeg(image, quality);
  if (format === "webp") return photon.toWebp(image);
  return photon.toPng(image);
}
