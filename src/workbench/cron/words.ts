import cronstrue from "cronstrue";

/** How many values each of the last five fields can have, where counting by steps can come out even. */
const SIZES = [60, 24, null, null, null];

/**
 * A cron line as a sentence: `At 05:00`. Empty for what the library does not know.
 * @param cron with lists written out, as Fugit writes it: then the words cannot promise a step that cron
 *   does not keep. Steps that come out even and ranges are put together again.
 */
export function cronInWords(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  const sizes = fields.length === 6 ? [60, ...SIZES] : SIZES;
  try {
    return cronstrue.toString(
      fields.map((field, index) => shorter(field, sizes[index] ?? null)).join(" "),
      { use24HourTimeFormat: true },
    );
  } catch {
    return "";
  }
}

// 0,15,30,45 is every 15th minute of an hour; 1,2,3,4,5 is 1-5.
function shorter(field: string, size: number | null): string {
  const values = field.split(",").map(Number);
  const [first = 0, second = 0] = values;
  const step = second - first;
  if (values.length < 3 || values.some((value) => !Number.isInteger(value) || value < 0))
    return field;
  if (values.some((value, index) => value !== first + index * step)) return field;
  if (first === 0 && values.length * step === size) return step === 1 ? "*" : `*/${step}`;
  return step === 1 ? `${first}-${first + values.length - 1}` : field;
}
