/** A lesson's stated minutes are no fewer than those that are counted from its text. */
import { describe, expect, test } from "vitest";
import { lessonTime } from "../../../src/course/node/lesson-minutes.ts";
import { minutesComplaints } from "../../../src/course/node/lesson-shape.ts";

/** So many words, ten a line. */
function words(count: number): string {
  return Array.from({ length: count }, (_, index) => `word${index % 10 === 9 ? "\n" : " "}`).join(
    "",
  );
}

describe("what a text takes", () => {
  test("180 words take a minute, and the exercise five", () => {
    expect(lessonTime(words(180)).minutes).toBe(6);
    expect(lessonTime(words(360), 20).minutes).toBe(22);
  });

  test("a line of code takes 3 seconds, and is not read as words", () => {
    const code = "```ruby\nPhoto.count\n\nPhoto.last\n```\n";
    expect(lessonTime(code)).toEqual({ words: 0, codeLines: 3, steps: 0, minutes: 5 + 9 / 60 });
  });

  test("a step takes 25 seconds, and its words", () => {
    const step = '<Step name="a" label="Start it">\n\n**1.** The step starts it.\n\n</Step>\n';
    expect(lessonTime(step)).toEqual({
      words: 7,
      codeLines: 0,
      steps: 1,
      minutes: 5 + 7 / 180 + 25 / 60,
    });
  });

  test("front matter, imports, marks and tags are no words", () => {
    const head =
      '---\ntitle: Not counted\n---\n\nimport {\n  Aside, Quiz,\n} from "#components";\n';
    const text =
      '## A **bold** `word`\n\n| one | two |\n| --- | --- |\n\n- <Result step="a" value="b" />\n';
    expect(lessonTime(head + text).words).toBe(5);
  });

  test("what components show is read: prompts, options and their reasons, captions; no alt text", () => {
    const question =
      '<Question prompt="Is 1 > 0?">\n<Option why="It is.">No way</Option>\n</Question>\n';
    const figure = '<Figure\n  name="a"\n  alt="Not read by many"\n  caption="A figure."\n/>\n';
    expect(lessonTime(question).words).toBe(3 + 2 + 2);
    expect(lessonTime(figure).words).toBe(2);
  });

  test.each(["Further", "Hint", "Advice"])("a <%s> does not count", (name) => {
    const fold = `<${name} title="Not now">\n\n${words(20)}\n\n<Step name="a" />\n\n\`\`\`ruby\n1\n\`\`\`\n\n</${name}>\n`;
    const time = lessonTime(`one two\n\n${fold}\nthree\n\n${fold}`);
    expect(time).toEqual({ words: 3, codeLines: 0, steps: 0, minutes: 5 + 3 / 180 });
  });
});

describe("stated minutes", () => {
  const complaints = (data: Record<string, unknown>, count = 900) =>
    minutesComplaints(data, words(count));

  test("are at least those that the text takes, rounded, and may be more", () => {
    expect(complaints({ minutes: 10 }, 980)).toEqual([]);
    expect(complaints({ minutes: 15 }, 980)).toEqual([]);
    expect(complaints({ minutes: 10 }, 1000)).toEqual([
      "minutes is 10, and it takes 11: 1000 words, 0 lines of code, 0 steps, 5 minutes for the exercise " +
        "(folds, hints and alt do not count)",
    ]);
  });

  test("are 8 to 15", () => {
    expect(complaints({ minutes: 7 }, 0)).toEqual(["minutes is 7, not 8 to 15"]);
    expect(complaints({ minutes: 16 })).toEqual(["minutes is 16, not 8 to 15"]);
    expect(complaints({})).toEqual(["minutes is undefined and exercise 5, not two numbers"]);
  });

  test("are beyond 15 where the exercise is a project, which takes no more than 30", () => {
    const project = { minutes: 30, exercise: 20 };
    expect(complaints(project)).toEqual([]);
    expect(complaints({ ...project, minutes: 24 })[0]).toContain("it takes 25");
    expect(complaints({ ...project, minutes: 31 })).toEqual(["minutes is 31, not 8 to 30"]);
    expect(complaints({ minutes: 40, exercise: 30 })).toEqual([]);
    expect(complaints({ minutes: 41, exercise: 31 })).toEqual(["exercise is 31, not 5 to 30"]);
    expect(complaints({ minutes: 9, exercise: 4 })).toEqual(["exercise is 4, not 5 to 30"]);
  });
});
