/** Every lesson has the same parts, so that a learner finds their way and an author knows what is wanted. */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { lessonFolders } from "../../../src/course/node/load-lesson.ts";
import { resultComplaints, shapeComplaints } from "../../../src/course/node/lesson-shape.ts";
import { tags, within, without } from "../../../src/course/node/mdx-tags.ts";

const folders = await lessonFolders();

describe("each lesson has its parts", () => {
  test.each(folders)("%s", async (folder) => {
    expect(await shapeComplaints(folder)).toEqual([]);
  });
});

test("a lesson that comes after all others leaves them their shape", async () => {
  const lessons = await mkdtemp(path.join(tmpdir(), "perform-later-shape-"));
  onTestFinished(() => rm(lessons, { recursive: true }));
  const link = (from: string, to: string) =>
    symlink(path.resolve("lessons", from), path.join(lessons, to));
  for (const name of ["_apps", ...folders]) await link(name, name);
  await link(folders[0] as string, "99-one-more");
  const places = { lessons, baseApp: "src/sandbox/base-app" };
  const all = [...folders, "99-one-more"];
  expect((await Promise.all(all.map((name) => shapeComplaints(name, places)))).flat()).toEqual([]);
});

describe("a figure that the text shows", () => {
  const steps = {
    sent: {
      do: [],
      shows: {
        mails: { label: "Mails", ruby: "1", expect: "1" },
        seconds: { label: "Seconds until the answer", last: "seconds" as const },
        took: { label: "Seconds the work took", ruby: "2", duration: true as const },
        waits: { label: "Seconds between the attempts", ruby: "3" },
      },
      on: "starter" as const,
    },
  };
  const complaints = (value: string) =>
    resultComplaints(`<Result step="sent" value="${value}" />`, steps);

  test("is asserted, unless it is how long something took", () => {
    expect(["mails", "seconds", "took"].flatMap(complaints)).toEqual([]);
    expect(complaints("waits")).toEqual([
      "a <Result> shows waits of the step sent, which has no expect",
    ]);
  });

  test("is one that the step reads", () => {
    expect(complaints("mail")).toEqual(["a <Result> shows mail of the step sent, which has none"]);
  });

  test("is the step's outcome where it names no value", () => {
    const outcome = { ruby: ":lost", expect: "lost" };
    const text = '<Result step="sent" />';
    expect(resultComplaints(text, steps)).toEqual(["the step sent has no outcome"]);
    expect(resultComplaints(text, { sent: { ...steps.sent, outcome } })).toEqual([]);
  });
});

describe("the parts of a text", () => {
  const TEXT = [
    '<Question prompt="Is 1 > 0?">',
    '<Option why="It is.">No</Option>',
    "<Option correct>Yes</Option>",
    "</Question>",
    "```mdx",
    '<Option why="only shown">',
    "```",
  ].join("\n");

  test("tags have their attributes, also those that contain a >", () => {
    expect(tags(TEXT, "Question").map(({ attributes }) => attributes)).toEqual([
      { prompt: "Is 1 > 0?" },
    ]);
  });

  test("code blocks do not count", () => {
    const options = tags(TEXT, "Option").map(({ attributes }) => attributes);
    expect(options).toEqual([{ why: "It is." }, { correct: "" }]);
  });

  test("a component has what stands in it", () => {
    expect(within("<Hint>\n\nLook.\n\n</Hint>", "Hint")).toEqual(["\n\nLook.\n\n"]);
  });

  test("a text without a component has what stands around it", () => {
    const fold = "<Further>\n```mdx\n</Further>\n```\n</Further>";
    expect(without(`one ${fold} two ${fold} three`, "Further")).toBe("one  two  three");
  });

  test.each([
    "one\n<Further> two",
    "one\n<Further /> two",
    "one\n<Further> <Further>two</Further>",
  ])("%j has a component that is not closed", (text) => {
    const message = "The <Further> at line 2 is not closed with </Further>.";
    expect(() => without(text, "Further")).toThrow(message);
    expect(() => within(text, "Further")).toThrow(message);
  });
});
