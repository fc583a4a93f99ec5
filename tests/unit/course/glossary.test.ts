import { expect, test } from "vitest";
import { GLOSSARY } from "../../../src/course/glossary.ts";
import { termSpans } from "../../../src/course/term-spans.ts";

const found = (text: string, seen = new Set<string>()) =>
  termSpans(text, seen).map(({ term, start, end }) => [term.id, text.slice(start, end)]);

test("terms are in alphabetical order, with ids and forms of their own", () => {
  const terms = GLOSSARY.map(({ term }) => term.toLowerCase());
  expect(terms).toEqual([...terms].sort());
  expect(new Set(GLOSSARY.map(({ id }) => id)).size).toBe(GLOSSARY.length);
  const forms = GLOSSARY.flatMap(({ term, forms }) => [term, ...forms]);
  expect(new Set(forms).size).toBe(forms.length);
});

test("the longest form counts, and capitals do not", () => {
  expect(found("Workers look for ready executions.")).toEqual([
    ["worker", "Workers"],
    ["ready", "ready executions"],
  ]);
});

test("a term is found once", () => {
  const seen = new Set<string>();
  expect(found("a worker and a worker", seen)).toEqual([["worker", "worker"]]);
  expect(found("another worker", seen)).toEqual([]);
});

test("parts of longer words and of names are left alone", () => {
  expect(found("Solid Queue puts it into a queue")).toEqual([["queue", "queue"]]);
  expect(found("coworker, perform_later, self-perform")).toEqual([]);
});
