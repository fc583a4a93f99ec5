/** What every lesson has, whoever writes it. The tests hold all lessons to it. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDuration } from "../expectation.ts";
import type { Step } from "../experiment-schema.ts";
import { frontMatter } from "./front-matter.ts";
import { EXERCISE_MINUTES, lessonTime } from "./lesson-minutes.ts";
import { lessonFolders, loadLesson, type LessonPlaces } from "./load-lesson.ts";
import { tags, within, type Tag } from "./mdx-tags.ts";

const GUIDE = "https://guides.rubyonrails.org/v8.0/";

/** A lesson with the usual exercise takes no less and no more. */
const MINUTES = { least: 8, most: 15 };

/** An exercise that takes longer than the usual one is a project, of at most so many minutes. */
const LONGEST_PROJECT = 30;

/** What the lesson in that folder lacks, one sentence each; empty when it has its shape. */
export async function shapeComplaints(folder: string, places?: LessonPlaces): Promise<string[]> {
  const lesson = await loadLesson(folder, places);
  const file = path.join(places?.lessons ?? "lessons", folder, "index.mdx");
  const text = await readFile(file, "utf8");
  const folders = await lessonFolders(places);
  const data = await frontMatter(file);
  return [
    ...minutesComplaints(data, text),
    ...ofFrontMatter(
      data,
      folders.map((name) => name.replace(/^\d+-/, "")),
    ),
    ...ofExperiment(text, lesson.experiment.steps),
    ...resultComplaints(text, lesson.experiment.steps),
    ...ofExercise(text),
    ...(lesson.wrong.length >= 4
      ? []
      : [`wrong/ has ${lesson.wrong.length} answers, not 4 or more`]),
    ...ofQuiz(text),
    ...ofEnd(text),
  ];
}

/**
 * The stated minutes are at least those that its text takes. A lesson whose exercise is a project says
 * how many minutes that takes, and may take that much longer.
 */
export function minutesComplaints(
  { minutes, exercise = EXERCISE_MINUTES }: Record<string, unknown>,
  text: string,
): string[] {
  if (typeof minutes !== "number" || typeof exercise !== "number") {
    return [`minutes is ${String(minutes)} and exercise ${String(exercise)}, not two numbers`];
  }
  const found: string[] = [];
  if (exercise < EXERCISE_MINUTES || exercise > LONGEST_PROJECT) {
    found.push(`exercise is ${exercise}, not ${EXERCISE_MINUTES} to ${LONGEST_PROJECT}`);
  }
  const most = MINUTES.most + exercise - EXERCISE_MINUTES;
  if (minutes < MINUTES.least || minutes > most) {
    found.push(`minutes is ${minutes}, not ${MINUTES.least} to ${most}`);
  }
  const time = lessonTime(text, exercise);
  const counted = Math.round(time.minutes);
  if (minutes < counted) {
    found.push(
      `minutes is ${minutes}, and it takes ${counted}: ${time.words} words, ${time.codeLines} lines of ` +
        `code, ${time.steps} steps, ${exercise} minutes for the exercise (folds, hints and alt do not count)`,
    );
  }
  return found;
}

function ofFrontMatter(data: Record<string, unknown>, slugs: string[]): string[] {
  const { objectives, buildsOn = [] } = data;
  const found: string[] = [];
  if (!Array.isArray(objectives) || objectives.length < 2)
    found.push("objectives has no two lines");
  for (const slug of Array.isArray(buildsOn) ? (buildsOn as string[]) : []) {
    if (!slugs.includes(slug)) found.push(`buildsOn names ${slug}, which is no lesson`);
  }
  return found;
}

function ofExperiment(text: string, steps: Record<string, Step>): string[] {
  const used = tags(text, "Step").map(({ attributes }) => attributes["name"] ?? "");
  const found = count(text, "Workbench", 1);
  const body = within(text, "Experiment").join("\n");
  if (body === "") found.push("there is no <Experiment>");
  const predictions = tags(body, "Prediction");
  if (predictions.length === 0) found.push("no experiment asks for a prediction");
  for (const name of Object.keys(steps)) {
    if (!used.includes(name)) found.push(`experiment.yml has the step ${name}, the text has not`);
  }
  const guesses = within(body, "Prediction");
  return found.concat(
    predictions.flatMap((prediction, index) =>
      ofPrediction(prediction, guesses[index] ?? "", steps),
    ),
  );
}

/** The step that answers it names its outcome, and one of the guesses is that outcome. */
function ofPrediction(prediction: Tag, body: string, steps: Record<string, Step>): string[] {
  const { step = "", prompt = "" } = prediction.attributes;
  const happens = steps[step]?.outcome?.expect;
  if (happens === undefined) return [`"${prompt}": the step ${step} names no outcome`];
  const outcomes = tags(body, "Guess").map(({ attributes }) => attributes["outcome"]);
  if (outcomes.length < 2) return [`"${prompt}": there are no two guesses`];
  return outcomes.includes(happens) ? [] : [`"${prompt}": no guess stands for ${happens}`];
}

/** Each `<Result>` shows what a step reads, and that has an `expect`: a figure in the text is asserted. */
export function resultComplaints(text: string, steps: Record<string, Step>): string[] {
  return tags(text, "Result").flatMap(({ attributes }) => {
    const { step = "", value } = attributes;
    if (value === undefined) return steps[step]?.outcome ? [] : [`the step ${step} has no outcome`];
    const reading = steps[step]?.shows[value];
    if (!reading) return [`a <Result> shows ${value} of the step ${step}, which has none`];
    if (reading.expect !== undefined || isDuration(reading)) return [];
    return [`a <Result> shows ${value} of the step ${step}, which has no expect`];
  });
}

function ofExercise(text: string): string[] {
  const body = within(text, "Exercise")[0] ?? "";
  return [...count(text, "Exercise", 1), ...count(body, "Hint", 3), ...count(body, "Solution", 1)];
}

function ofQuiz(text: string): string[] {
  const questions = within(text, "Question");
  const found = count(text, "Quiz", 1);
  if (questions.length < 2 || questions.length > 4) {
    found.push(`the quiz has ${questions.length} questions, not 2 to 4`);
  }
  return [...found, ...questions.flatMap((body, index) => ofQuestion(body, index + 1))];
}

function ofQuestion(body: string, number: number): string[] {
  const options = tags(body, "Option").map(({ attributes }) => attributes);
  const right = options.filter((option) => "correct" in option);
  const silent = options.filter((option) => !("correct" in option) && !option["why"]);
  return [
    ...(right.length === 1 ? [] : [`question ${number} has ${right.length} right options, not 1`]),
    ...(options.length >= 2 ? [] : [`question ${number} has no two options`]),
    ...silent.map(() => `question ${number} has a wrong option that does not say why`),
  ];
}

function ofEnd(text: string): string[] {
  return [
    ...(/^## Key points$/m.test(text) ? [] : ["there is no heading Key points"]),
    ...(text.includes(GUIDE) ? [] : [`there is no link to the guide, ${GUIDE}`]),
  ];
}

function count(text: string, name: string, wanted: number): string[] {
  const found = tags(text, name).length;
  return found === wanted ? [] : [`there are ${found} <${name}>, not ${wanted}`];
}
