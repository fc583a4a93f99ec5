import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { rubyOfErb } from "../../../../src/workbench/editor/syntax/erb.ts";
import {
  createSyntaxCheck,
  type SyntaxCheck,
} from "../../../../src/workbench/editor/syntax/prism.ts";
import { problemSentence } from "../../../../src/workbench/editor/syntax/problems.ts";

let check: SyntaxCheck;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("@ruby/prism/src/prism.wasm");
  check = await createSyntaxCheck(await WebAssembly.compile(await readFile(wasm)));
});

describe("Ruby's parser", () => {
  test("finds nothing in good code", () => {
    expect(check("class A\n  def x = 1\nend\n", "ruby")).toEqual([]);
    expect(problemSentence([])).toBe("No syntax errors");
  });

  test("says where a method is not closed, not where the file ends", () => {
    const problems = check("def index\n  1\n", "ruby");
    expect(problemSentence(problems)).toBe(
      "Line 1: expected an `end` to close the `def` statement",
    );
  });

  test("counts columns as the editor does, whatever stands before", () => {
    const [problem] = check("ü = '🙂'; foo(,\n", "ruby");
    expect(problem).toMatchObject({ line: 1, column: 15, severity: "error" });
  });

  test("reads the Ruby of a template in place", () => {
    expect(
      check("<p>ü <%= yield %></p>\n<% 3.times do |n| -%>\n<%= n %>\n<% end %>", "erb"),
    ).toEqual([]);
    const [problem] = check("<h1>ü</h1>\n<p>🙂 <%= foo( %></p>", "erb");
    expect(problem).toMatchObject({ line: 2, column: 17 });
  });

  test("survives whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (source) => {
        for (const language of ["ruby", "erb"] as const) {
          for (const { line, column } of check(source, language)) {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
          }
        }
      }),
    );
  });
});

test("a template's Ruby has the template's shape", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<%", "%>", "=", "#", "a", "\n", "ü") }),
      (erb) => {
        const ruby = rubyOfErb(erb);
        expect(ruby).toHaveLength(erb.length);
        expect(ruby.split("\n").length).toBe(erb.split("\n").length);
      },
    ),
  );
});
