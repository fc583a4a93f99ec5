// @vitest-environment happy-dom
/** The timeline in the text: from an author's script, without a script in the page. */
import { render } from "preact";
import { expect, test } from "vitest";
import { Picture } from "../../../../src/workbench/timeline/draw/Picture.tsx";
import { timelineFigure } from "../../../../src/workbench/timeline/figure/figure.ts";
import { eventsOfScript, ScriptError } from "../../../../src/workbench/timeline/figure/script.ts";

const RACE = `
  0 web request POST /photos
  20 web begin
  40 web insert photos 4
  96 web enqueue PhotoProcessingJob
  208 worker run
  240 worker select photos 4 none
  290 worker fail Couldn't find Photo 4
  640 web commit
  660 web respond 201
`;

test("a script is drawn as the workbench draws what happened", () => {
  const { sentence, wide, tall, story } = timelineFigure(eventsOfScript(RACE));
  expect(sentence).toBe("The job ran 350 ms before the photo was committed.");
  expect(wide.jobs[0]?.measure?.label).toBe("350 ms too early");
  expect(tall.lanes.map(({ name }) => name)).toEqual(["web", "database", "worker"]);
  expect(story[0]).toEqual({ time: 0, where: "web", what: "POST /photos begins" });
  render(<Picture scene={wide} vertical={false} title={sentence} id="figure" />, document.body);
  const html = document.body.innerHTML;
  expect(html).toContain('role="img"');
  expect(html).not.toContain("tabindex");
  expect(html).toContain("350 ms too early");
});

test("a killed worker takes its transaction with it", () => {
  const { wide } = timelineFigure(
    eventsOfScript(`
      0 console enqueue HoldJob
      100 worker claim
      110 worker run
      120 worker begin
      130 worker insert photos 5
      400 worker kill
    `),
  );
  expect(wide.moments.map(({ kind }) => kind)).toEqual(["killed"]);
  expect(wide.brackets[0]).toMatchObject({ end: "rolledBack", torn: true });
});

test("a line that cannot be read is named", () => {
  expect(() => eventsOfScript("0 web dance")).toThrow(ScriptError);
  expect(() => eventsOfScript("0 web dance")).toThrow("“0 web dance”");
  expect(() => timelineFigure([])).toThrow("needs a run");
});
