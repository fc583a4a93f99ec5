/** Work on raw pixels that photon does not offer: turning by EXIF orientation, transparency on white. */
import type { Orientation } from "./image-header.ts";

/** Red, green, blue and alpha of each pixel, row by row. */
export interface Pixels {
  rgba: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** True where orientation swaps width and height: the picture was taken with the camera on its side. */
export function liesOnItsSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** The picture as it is meant to be seen. */
export function upright(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const { width, height } = pixels;
  const onSide = liesOnItsSide(orientation);
  const result: Pixels = {
    rgba: new Uint8Array(pixels.rgba.length),
    width: onSide ? height : width,
    height: onSide ? width : height,
  };
  const source = new Uint32Array(pixels.rgba.buffer, 0, width * height);
  const target = new Uint32Array(result.rgba.buffer);
  for (let y = 0, i = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++, i++) {
      target[i] = source[sourceIndex(x, y, width, height, orientation)]!;
    }
  }
  return result;
}

/** Which stored pixel is seen at (x, y); width and height are those of the stored picture. */
function sourceIndex(
  x: number,
  y: number,
  width: number,
  height: number,
  orientation: Orientation,
): number {
  const right = width - 1;
  const bottom = height - 1;
  switch (orientation) {
    case 2:
      return y * width + (right - x);
    case 3:
      return (bottom - y) * width + (right - x);
    case 4:
      return (bottom - y) * width + x;
    case 5:
      return x * width + y;
    case 6:
      return (bottom - x) * width + y;
    case 7:
      return (bottom - x) * width + (right - y);
    case 8:
      return x * width + (right - y);
    default:
      return y * width + x;
  }
}

/** JPEG knows no transparency: what shows through is white, as on paper. Changes the pixels in place. */
export function onWhite(pixels: Pixels): Pixels {
  const { rgba } = pixels;
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    if (alpha === 255) continue;
    for (let channel = i; channel < i + 3; channel++) {
      rgba[channel] = Math.round((rgba[channel]! * alpha + 255 * (255 - alpha)) / 255);
    }
    rgba[i + 3] = 255;
  }
  return pixels;
}
