/** Checks what Ruby asks of the image library, so that the rest may trust its types. */

export type Step = ResizeStep | FilterStep;

export interface ResizeStep {
  type: "resize";
  /** The picture is made to fit into this box. */
  width: number;
  height: number;
}

export interface FilterStep {
  type: "filter";
  name: string;
}

export interface Render {
  steps: Step[];
  format: "jpeg" | "png" | "webp";
  /** 1 to 100; JPEG only. */
  quality: number;
}

/** Photon passes over a name it does not know, so we keep the list. `Photon::Image::FILTERS` is the same. */
export const FILTERS: readonly string[] = [
  "oceanic",
  "islands",
  "marine",
  "seagreen",
  "flagblue",
  "liquid",
  "diamante",
  "radio",
  "twenties",
  "rosetint",
  "mauve",
  "bluechrome",
  "vintage",
  "perfume",
  "serenity",
];

const FORMATS: readonly string[] = ["jpeg", "png", "webp"];

export function readRender(args: object): Render {
  const { format, quality = 80 } = args as Record<string, unknown>;
  if (typeof format !== "string" || !FORMATS.includes(format)) {
    throw new TypeError(
      `A picture can be made as ${FORMATS.join(", ")}, not as ${String(format)}.`,
    );
  }
  if (!isWholeBetween(quality, 1, 100))
    throw new TypeError("The quality must be a whole number from 1 to 100.");
  return { steps: readSteps(args), format: format as Render["format"], quality };
}

export function readSteps(args: object): Step[] {
  const { steps = [] } = args as Record<string, unknown>;
  if (!Array.isArray(steps)) throw new TypeError("The steps must be a list.");
  return steps.map((step: unknown) => readStep(step as Record<string, unknown>));
}

function readStep({ type, width, height, name }: Record<string, unknown>): Step {
  if (type === "resize") {
    if (!isWholeBetween(width, 1, 65_535) || !isWholeBetween(height, 1, 65_535)) {
      throw new TypeError("Width and height must be whole numbers from 1 to 65535.");
    }
    return { type, width, height };
  }
  if (type === "filter") {
    if (typeof name !== "string" || !FILTERS.includes(name)) {
      throw new TypeError(`There is no filter "${String(name)}". Filters: ${FILTERS.join(", ")}.`);
    }
    return { type, name };
  }
  throw new TypeError(`There is no image step "${String(type)}".`);
}

function isWholeBetween(value: unknown, smallest: number, largest: number): value is number {
  return Number.isInteger(value) && (value as number) >= smallest && (value as number) <= largest;
}
