/**
 * How many minutes a lesson takes, counted from its text: for a Rails developer whose mother tongue
 * is not English, and who does everything once and opens no fold.
 *
 * Adults read 238 words of English non-fiction a minute on average, most of them 175 to 300, and those
 * with English as a second language fewer (Brysbaert 2019, "How many words do we read per minute?",
 * abstract). How many fewer is our estimate, as are the other rates: to look at a line of code, to press
 * a button, watch and read what it shows, and to find and write the answer of an exercise.
 */
import { tags, without } from "./mdx-tags.ts";

const WORDS_PER_MINUTE = 180;
const SECONDS_PER_CODE_LINE = 3;
const SECONDS_PER_STEP = 25;

/** The usual exercise, in minutes. */
export const EXERCISE_MINUTES = 5;

/** Read by those who want more; `<Advice>` is shown one of many. */
const NOT_COUNTED = ["Further", "Hint", "Advice"];

export interface LessonTime {
  words: number;
  codeLines: number;
  /** Buttons of the experiments. */
  steps: number;
  /** All together with the exercise, in minutes, not rounded. */
  minutes: number;
}

/**
 * @param text the lesson's MDX, with or without its front matter
 * @param exercise minutes for the exercise
 */
export function lessonTime(text: string, exercise = EXERCISE_MINUTES): LessonTime {
  const shown = NOT_COUNTED.reduce(without, withoutHead(text));
  const { prose, codeLines } = apart(shown);
  const words = wordsOf(prose);
  const steps = tags(shown, "Step").length;
  const seconds = codeLines * SECONDS_PER_CODE_LINE + steps * SECONDS_PER_STEP;
  return { words, codeLines, steps, minutes: words / WORDS_PER_MINUTE + seconds / 60 + exercise };
}

/** Front matter and imports. */
function withoutHead(text: string): string {
  return text.replace(/^---\n[\s\S]*?^---$/m, "").replace(/^import\b[\s\S]*?;$/gm, "");
}

function apart(text: string): { prose: string; codeLines: number } {
  let codeLines = 0;
  const prose = text.replace(/^```.*\n([\s\S]*?)^```$/gm, (_, code: string) => {
    codeLines += code.split("\n").length - 1;
    return "";
  });
  return { prose, codeLines };
}

const TAG = /<\/?[A-Za-z](?:"[^"]*"|[^">])*>/g;
const SHOWN_ATTRIBUTE = /\b(?:prompt|why|caption|title|label)="([^"]*)"/g;

/** Those of the text and those that its components show; an `alt` is for who does not see the figure. */
function wordsOf(prose: string): number {
  const shown = prose.replace(TAG, (tag) =>
    [...tag.matchAll(SHOWN_ATTRIBUTE)].map(([, value]) => ` ${value} `).join(""),
  );
  return shown.split(/[\s|]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
