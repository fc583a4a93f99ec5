export interface LessonFolder {
  number: number;
  slug: string;
}

const NAME = /^(\d+)-([a-z0-9-]+)$/;

/** Reads the name of a lesson's folder: `07-photo-from-a-controller`; null for any other folder. */
export function parseLessonFolder(name: string): LessonFolder | null {
  const [, number, slug] = NAME.exec(name) ?? [];
  return number && slug ? { number: Number(number), slug } : null;
}
