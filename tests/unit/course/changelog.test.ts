import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseChangelog } from "../../../src/course/changelog.ts";

test("versions come with their date and their changes", () => {
  const text = `# Changelog

## Unreleased

- A & B: \`<Term>\`
  on two lines.
- Second.

## 0.1.0 (2026-12-01)

- First.
`;
  expect(parseChangelog(text)).toEqual([
    {
      version: "Unreleased",
      date: null,
      html: "<ul><li>A &amp; B: <code>&lt;Term&gt;</code> on two lines.</li><li>Second.</li></ul>",
    },
    { version: "0.1.0", date: new Date("2026-12-01T00:00:00Z"), html: "<ul><li>First.</li></ul>" },
  ]);
});

test("the project's own changelog can be read", async () => {
  const [newest] = parseChangelog(await readFile("CHANGELOG.md", "utf8"));
  expect(newest?.html).toContain("<li>");
});
