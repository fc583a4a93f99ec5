import cronstrue from "cronstrue";

/** How many values each of the last five fields can have, where counting by steps can come out even. */
const SIZES = [60, 24, null, null, null];

/** Fields and zone as they stand in one line: `0 5 * * * Europe/Berlin`. */
export function cronLine({ cron, zone }: { cron: string; zone: string | null }): string {
  return zone === null ? cron : `${cron} ${zone}`;
}

/**
 * The fields of a cron line as a sentence: `At 05:00`. Empty for what the library does not know.
 * @param cron without a zone, and with lists written out, as Fugit writes it: then the words cannot
 *   promise a step that cron does not keep. Steps that come out even and ranges are put together again.
 */
export function cronInWords(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  const [day, , weekday = ""] = fields.slice(-3);
  const both = weekday.endsWith("&") && day !== "*" && weekday !== "*&" ? ", where both fit" : "";
  const sizes = fields.length === 6 ? [60, ...SIZES] : SIZES;
  const line = fields.map((field, index) => shorter(known(field), sizes[index] ?? null)).join(" ");
  try {
    return cronstrue.toString(line, { use24HourTimeFormat: true }) + both;
  } catch {
    return "";
  }
}

/** Fugit's signs as the library knows them: the last day is L, and `&` has none. */
function known(field: string): string {
  return field === "-1" ? "L" : field.replace("&", "");
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
