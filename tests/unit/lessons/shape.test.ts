/** Every lesson has the same parts, so that a learner finds their way and an author knows what is wanted. */
import { describe, expect, test } from "vitest";
import { lessonFolders } from "../../../src/course/node/load-lesson.ts";
import { resultComplaints, shapeComplaints } from "../../../src/course/node/lesson-shape.ts";
import { tags, within } from "../../../src/course/node/mdx-tags.ts";

const folders = await lessonFolders();

describe("each lesson has its parts", () => {
  test.each(folders)("%s", async (folder) => {
    expect(await shapeComplaints(folder)).toEqual([]);
  });
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
});
