import { beforeAll, describe, expect, test } from "vitest";
import { loadImageModule } from "../../src/sandbox/process/image-module-node.ts";
import { createImageLibrary, type ImageLibrary } from "../../src/sandbox/process/images.ts";
import { PhotonInstance } from "../../src/sandbox/process/photon-instance.ts";

let library: ImageLibrary;
let photon: PhotonInstance;

beforeAll(async () => {
  const module = await loadImageModule();
  library = createImageLibrary(module);
  photon = new PhotonInstance(module);
});

type Color = [number, number, number, number?];
const BLUE: Color = [30, 80, 200];
const RED: Color = [200, 30, 40];

/** A picture whose pixels are what `colorAt` says. */
function picture(width: number, height: number, colorAt: (x: number, y: number) => Color) {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue, alpha = 255] = colorAt(i % width, Math.floor(i / width));
    rgba.set([red, green, blue, alpha], i * 4);
  }
  return photon.fromPixels(rgba, width, height);
}

const png = (
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color = () => BLUE,
) => photon.toPng(picture(width, height, colorAt));
const jpeg = (
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color = () => BLUE,
) => photon.toJpeg(picture(width, height, colorAt), 90);

function info(bytes: Uint8Array, steps: object[] = []) {
  return library.handle("image.info", { steps }, [bytes]).result;
}

function render(bytes: Uint8Array, args: object) {
  const reply = library.handle("image.render", args, [bytes]);
  return { size: reply.result, bytes: reply.blobs[0] ?? new Uint8Array() };
}

function pixelAt(bytes: Uint8Array, x: number, y: number): number[] {
  const image = photon.decode(bytes);
  const offset = (y * photon.width(image) + x) * 4;
  return [...photon.pixels(image).slice(offset, offset + 4)];
}

/** The same JPEG with an EXIF orientation put before its first segment. */
function withOrientation(bytes: Uint8Array, orientation: number): Uint8Array {
  const exif = new DataView(new ArrayBuffer(36));
  exif.setUint16(0, 0xffe1);
  exif.setUint16(2, 34);
  [..."Exif\0\0II*\0"].forEach((letter, i) => exif.setUint8(4 + i, letter.charCodeAt(0)));
  exif.setUint32(14, 8, true);
  exif.setUint16(18, 1, true);
  exif.setUint16(20, 0x0112, true);
  exif.setUint16(22, 3, true);
  exif.setUint32(24, 1, true);
  exif.setUint16(28, orientation, true);
  return Uint8Array.from([...bytes.slice(0, 2), ...new Uint8Array(exif.buffer), ...bytes.slice(2)]);
}

describe("image.info", () => {
  test("tells format and size of every format, without decoding", () => {
    expect(info(jpeg(30, 20))).toEqual({ format: "jpeg", width: 30, height: 20 });
    expect(info(png(30, 20))).toEqual({ format: "png", width: 30, height: 20 });
    expect(info(photon.toWebp(picture(30, 20, () => RED)))).toEqual({
      format: "webp",
      width: 30,
      height: 20,
    });
    const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
    expect(info(gif)).toEqual({ format: "gif", width: 1, height: 1 });
  });

  test("tells the size after the steps", () => {
    expect(info(png(300, 200), [{ type: "resize", width: 90, height: 90 }])).toMatchObject({
      width: 90,
      height: 60,
    });
  });
});

describe("image.render", () => {
  test("makes a picture fit into a box and keeps its shape", () => {
    const { size, bytes } = render(png(300, 200), {
      steps: [{ type: "resize", width: 60, height: 60 }],
      format: "jpeg",
    });
    expect(size).toEqual({ width: 60, height: 40 });
    expect(info(bytes)).toEqual({ format: "jpeg", width: 60, height: 40 });
  });

  test("never makes a picture larger", () => {
    const { size } = render(png(30, 20), {
      steps: [{ type: "resize", width: 600, height: 600 }],
      format: "png",
    });
    expect(size).toEqual({ width: 30, height: 20 });
  });

  test.each(["jpeg", "png", "webp"])("makes %s from any format", (format) => {
    for (const source of [jpeg(40, 30), png(40, 30), photon.toWebp(picture(40, 30, () => RED))]) {
      expect(info(render(source, { format }).bytes)).toEqual({ format, width: 40, height: 30 });
    }
  });

  test("filters change the colours", () => {
    const source = png(10, 10);
    const { bytes } = render(source, {
      steps: [{ type: "filter", name: "vintage" }],
      format: "png",
    });
    expect(pixelAt(bytes, 5, 5)).not.toEqual(pixelAt(source, 5, 5));
  });

  test("puts transparency on white where the format knows none", () => {
    const { bytes } = render(
      png(16, 16, () => [0, 0, 0, 0]),
      { format: "jpeg", quality: 95 },
    );
    expect(Math.min(...pixelAt(bytes, 8, 8))).toBeGreaterThan(250);
  });

  test("gives the same bytes for the same picture", () => {
    const args = { steps: [{ type: "resize", width: 20, height: 20 }], format: "jpeg" };
    expect(render(png(40, 40), args).bytes).toEqual(render(png(40, 40), args).bytes);
  });
});

describe("a picture that was taken with the camera turned", () => {
  /** Red above, blue below: after turning, red is at the side that EXIF says. */
  const halves = (_x: number, y: number): Color => (y < 16 ? RED : BLUE);
  const isRed = ([red = 0, , blue = 0]: number[]) => red > blue;

  test.each([
    [1, { width: 64, height: 32 }, "top"],
    [3, { width: 64, height: 32 }, "bottom"],
    [6, { width: 32, height: 64 }, "right"],
    [8, { width: 32, height: 64 }, "left"],
  ])("orientation %i is applied", (orientation, size, redSide) => {
    const source = withOrientation(jpeg(64, 32, halves), orientation);
    const { bytes } = render(source, { format: "png" });
    expect(info(source)).toMatchObject(size);
    expect(info(bytes)).toMatchObject(size);
    const { width, height } = size;
    const sides: Record<string, [number, number]> = {
      top: [width / 2, 2],
      bottom: [width / 2, height - 3],
      left: [2, height / 2],
      right: [width - 3, height / 2],
    };
    const red = Object.keys(sides).filter((side) =>
      isRed(pixelAt(bytes, ...(sides[side] as [number, number]))),
    );
    expect(red).toContain(redSide);
    expect(red).not.toContain(
      { top: "bottom", bottom: "top", left: "right", right: "left" }[redSide],
    );
  });

  test("fits into the box as it is seen, not as it is stored", () => {
    const source = withOrientation(jpeg(64, 32), 6);
    const { size } = render(source, {
      steps: [{ type: "resize", width: 100, height: 32 }],
      format: "jpeg",
    });
    expect(size).toEqual({ width: 16, height: 32 });
  });
});

describe("image.colors", () => {
  const tagsOf = (bytes: Uint8Array) =>
    library.handle("image.colors", {}, [bytes]).result as { tags: string[] };

  test("names what a picture mostly shows", () => {
    expect(tagsOf(png(50, 50)).tags).toEqual(["blue", "cool"]);
    expect(tagsOf(png(50, 50, (x) => (x < 30 ? [230, 120, 30] : [20, 60, 20]))).tags).toEqual([
      "orange",
      "green",
    ]);
    expect(tagsOf(png(50, 50, () => [8, 8, 8])).tags).toEqual(["black", "dark"]);
    expect(tagsOf(png(50, 50, () => [255, 255, 255])).tags).toEqual(["white", "bright"]);
  });

  test("has a word for a picture that shows nothing", () => {
    expect(tagsOf(png(8, 8, () => [0, 0, 0, 0])).tags).toEqual(["transparent"]);
  });
});

describe("what cannot be done is refused with a sentence", () => {
  const refusal = (op: string, args: object, blobs: Uint8Array[]) => {
    try {
      library.handle(op, args, blobs);
    } catch (error) {
      return (error as Error).message;
    }
    return "nothing was refused";
  };
  const jpegArgs = { format: "jpeg" };

  test("an empty file", () => {
    expect(refusal("image.render", jpegArgs, [new Uint8Array()])).toBe(
      "The picture is empty: it has 0 bytes.",
    );
    expect(refusal("image.info", {}, [])).toBe("The picture is empty: it has 0 bytes.");
  });

  test("a text file", () => {
    const text = new TextEncoder().encode("I am not a picture.");
    expect(refusal("image.info", {}, [text])).toBe("This is not a JPEG, PNG, GIF or WebP picture.");
  });

  test("a file cut off at any place, without breaking what comes after it", () => {
    const whole = png(60, 60, (x, y) => [x * 4, y * 4, (x * y) % 255]);
    for (let length = 1; length < whole.length - 20; length += 97) {
      expect(refusal("image.render", jpegArgs, [whole.slice(0, length)])).toMatch(
        /not a JPEG|damaged or cut off/,
      );
    }
    expect(render(whole, jpegArgs).size).toEqual({ width: 60, height: 60 });
  });

  test("a small file that claims to be huge", () => {
    const bomb = png(8, 8);
    new DataView(bomb.buffer).setUint32(16, 60_000);
    new DataView(bomb.buffer).setUint32(20, 60_000);
    expect(refusal("image.render", jpegArgs, [bomb])).toBe(
      "The picture is too large: 60000 x 60000 pixels, and 50 million are allowed.",
    );
  });

  test("operations, filters, formats and sizes that do not exist", () => {
    const source = png(8, 8);
    expect(refusal("image.paint", {}, [source])).toBe('There is no image operation "image.paint".');
    expect(refusal("image.render", { format: "bmp" }, [source])).toMatch(
      /jpeg, png, webp, not as bmp/,
    );
    expect(refusal("image.render", { format: "jpeg", quality: 101 }, [source])).toMatch(
      /from 1 to 100/,
    );
    const steps = (step: object) => ({ format: "png", steps: [step] });
    expect(refusal("image.render", steps({ type: "filter", name: "dusk" }), [source])).toMatch(
      /no filter "dusk"/,
    );
    expect(
      refusal("image.render", steps({ type: "resize", width: 0, height: 9 }), [source]),
    ).toMatch(/from 1 to 65535/);
    expect(refusal("image.render", steps({ type: "spin" }), [source])).toMatch(
      /no image step "spin"/,
    );
  });
});
