/** The course's parts, in order. A lesson belongs to the last part that starts at or before its number. */
export interface CoursePart {
  title: string;
  /** Number of its first lesson. */
  from: number;
}

export const PARTS: readonly CoursePart[] = [
  { title: "First jobs", from: 1 },
  { title: "The photo app", from: 5 },
  { title: "Choose and watch", from: 11 },
  { title: "When things break", from: 14 },
  { title: "On time, and at night", from: 17 },
];

/** The part that a lesson belongs to. */
export function partOf(number: number): CoursePart {
  const part = PARTS.findLast(({ from }) => from <= number);
  if (!part) throw new RangeError(`There is no lesson ${number}: lessons start at 1.`);
  return part;
}

/** Lessons by part, in order; parts without lessons are left out. */
export function byPart<T extends { number: number }>(
  lessons: readonly T[],
): { part: CoursePart; lessons: T[] }[] {
  return PARTS.map((part) => ({
    part,
    lessons: lessons.filter(({ number }) => partOf(number) === part),
  })).filter(({ lessons }) => lessons.length > 0);
}
