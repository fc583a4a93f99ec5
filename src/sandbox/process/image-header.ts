/**
 * Reads what a picture is from its first bytes, without decoding it: photon traps on bytes that
 * are no picture, and a small file may claim to be a picture of gigabytes.
 */

export type ImageFormat = "jpeg" | "png" | "gif" | "webp";

/** EXIF's value: how the stored pixels are to be turned. 1 means: not at all. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ImageHeader {
  format: ImageFormat;
  /** Size of the stored pixels, before `orientation` is applied. */
  width: number;
  height: number;
  orientation: Orientation;
}

/** Returns null where the bytes are not a picture that we know, or its header is cut off. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  } catch (error) {
    if (error instanceof RangeError) return null; // the file ends inside its header
    throw error;
  }
}

function readPng(view: DataView): ImageHeader | null {
  if (!hasText(view, 1, "PNG\r\n\x1a\n") || !hasText(view, 12, "IHDR")) return null;
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
}

function readGif(view: DataView): ImageHeader | null {
  if (!hasText(view, 0, "GIF87a") && !hasText(view, 0, "GIF89a")) return null;
  return {
    format: "gif",
    width: view.getUint16(6, true),
    height: view.getUint16(8, true),
    orientation: 1,
  };
}

function readWebp(view: DataView): ImageHeader | null {
  if (!hasText(view, 0, "RIFF") || !hasText(view, 8, "WEBP")) return null;
  const size = readWebpSize(view);
  return size && { format: "webp", ...size, orientation: 1 };
}

function readWebpSize(view: DataView): { width: number; height: number } | null {
  if (hasText(view, 12, "VP8 ")) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (hasText(view, 12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (hasText(view, 12, "VP8X")) {
    return { width: readUint24(view, 24) + 1, height: readUint24(view, 27) + 1 };
  }
  return null;
}

/** Walks the segments up to the frame header, which holds the size. */
function readJpeg(view: DataView): ImageHeader | null {
  if (view.byteLength < 3 || view.getUint16(0) !== 0xffd8 || view.getUint8(2) !== 0xff) return null;
  let orientation: Orientation = 1;
  for (let offset = 2; ;) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      // padding
      offset += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      return {
        format: "jpeg",
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
        orientation,
      };
    }
    if (marker === 0xda || marker === 0xd9) return null; // pixels or the end, with no frame before
    if (marker === 0xe1) orientation = readOrientation(view, offset + 4) ?? orientation;
    offset += 2 + view.getUint16(offset + 2);
  }
}

/** SOF0 to SOF15 without the three markers in that range that mean something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readOrientation(view: DataView, start: number): Orientation | null {
  if (!hasText(view, start, "Exif\0\0")) return null;
  const tiff = start + 6;
  const littleEndian = hasText(view, tiff, "II");
  const directory = tiff + view.getUint32(tiff + 4, littleEndian);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > view.byteLength) return null;
    if (view.getUint16(entry, littleEndian) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, littleEndian);
    return value >= 1 && value <= 8 ? (value as Orientation) : null;
  }
  return null;
}

function readUint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

function hasText(view: DataView, offset: number, text: string): boolean {
  if (offset + text.length > view.byteLength) return false;
  for (let i = 0; i < text.length; i++) {
    if (view.getUint8(offset + i) !== text.charCodeAt(i)) return false;
  }
  return true;
}
