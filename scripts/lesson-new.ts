/**
 * `npm run lesson:new -- <slug> [--title TEXT] [--into DIR]`: makes a lesson that passes its own tests,
 * from `scripts/lesson-template`, after the last one of the course. What it prints is the new folder.
 */
import { cp, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseLessonFolder } from "../src/course/lesson-folder.ts";
import { lessonFolders } from "../src/course/node/load-lesson.ts";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const USAGE = "Usage: npm run lesson:new -- <slug> [--title TEXT] [--into DIR]";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      title: { type: "string" },
      into: { type: "string", default: path.join(ROOT, "lessons") },
    },
  });
  const [slug, ...rest] = positionals;
  if (slug === undefined || rest.length > 0) throw new Error(USAGE);
  console.log(await createLesson(slug, values.title ?? sentenceOf(slug), values.into));
  // Apart from the folder's name, which a script may want alone.
  console.error(
    `Now: write index.mdx, run "npm run lesson:check -- ${slug} --solution", see it at /lessons/${slug}/ ` +
      "with npm run dev. CONTRIBUTING.md says what a lesson has.",
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function createLesson(slug: string, title: string, lessons: string): Promise<string> {
  const taken = (await lessonFolders({ lessons, baseApp: "" })).map(parseLessonFolder);
  const last = Math.max(0, ...taken.map((lesson) => lesson?.number ?? 0));
  const name = `${String(last + 1).padStart(2, "0")}-${slug}`;
  if (!/^[a-z]/.test(slug) || parseLessonFolder(name) === null) {
    throw new Error(`"${slug}" is no slug. Use small letters, digits and hyphens: retry-a-job.`);
  }
  if (taken.some((lesson) => lesson?.slug === slug)) {
    throw new Error(`There is a lesson "${slug}" already in ${lessons}.`);
  }
  const folder = path.join(lessons, name);
  await copyTemplate(folder);
  await fill(path.join(folder, "index.mdx"), { title: JSON.stringify(title) });
  await fill(path.join(folder, "check.rb"), { class: classOf(slug) });
  return folder;
}

/** Under another name first: a copy that fails half-way leaves no half lesson. */
async function copyTemplate(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) throw new Error(`${folder} exists already.`);
  const draft = path.join(path.dirname(folder), `.${path.basename(folder)}`);
  await cp(path.join(ROOT, "scripts/lesson-template"), draft, { recursive: true });
  await rename(draft, folder);
}

async function fill(file: string, values: Record<string, string>): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ""),
  );
}

/** `retry-a-job` to `Retry a job`. */
function sentenceOf(slug: string): string {
  return slug.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
}

/** `retry-a-job` to `RetryAJob`. */
function classOf(slug: string): string {
  return slug.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
