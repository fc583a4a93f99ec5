import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { firstThatHolds, holds, type Answers } from "../../../src/course/advice.ts";
import { parseLessonFolder } from "../../../src/course/lesson-folder.ts";
import { lessonFolders } from "../../../src/course/node/load-lesson.ts";
import { tags, within } from "../../../src/course/node/mdx-tags.ts";

describe("a condition", () => {
  const answers = { redis: "yes", rate: "thousands" };

  test("holds when each of its pairs is among the answers", () => {
    expect(holds("redis:yes", answers)).toBe(true);
    expect(holds("redis:yes rate:thousands", answers)).toBe(true);
    expect(holds("redis:yes rate:hundreds", answers)).toBe(false);
    expect(holds("database:none", answers)).toBe(false);
  });

  test("holds always when it asks for nothing", () => {
    expect(holds("", answers)).toBe(true);
  });

  test("comes before those after it", () => {
    expect(firstThatHolds(["redis:no", "redis:yes", ""], answers)).toBe(1);
    expect(firstThatHolds(["redis:no"], answers)).toBe(-1);
  });
});

describe("the questionnaire on backends", async () => {
  const folders = await lessonFolders();
  const folder = folders.find((name) => parseLessonFolder(name)?.slug === "choosing-a-backend");
  const text = await readFile(`lessons/${folder}/index.mdx`, "utf8");
  const values = within(text, "Ask").map((body) =>
    tags(body, "Answer").map(({ attributes }) => attributes["value"] ?? ""),
  );
  const names = tags(text, "Ask").map(({ attributes }) => attributes["name"] ?? "");
  const conditions = tags(text, "Advice").map(({ attributes }) => attributes["when"] ?? "");
  const all = names.reduce<Answers[]>(
    (sets, name, place) =>
      sets.flatMap((set) => (values[place] ?? []).map((value) => ({ ...set, [name]: value }))),
    [{}],
  );

  test("asks four questions", () => {
    expect(values.map(({ length }) => length)).toEqual([3, 2, 2, 2]);
    expect(all).toHaveLength(24);
  });

  test("advises on all answers, and gives every advice for some of them", () => {
    const given = new Set(all.map((answers) => firstThatHolds(conditions, answers)));
    expect([...given].sort()).toEqual(conditions.map((_, place) => place));
  });
});
