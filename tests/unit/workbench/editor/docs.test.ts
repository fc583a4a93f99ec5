import { describe, expect, test } from "vitest";
import {
  completionsAfter,
  DOCS,
  docOf,
  markdownOf,
} from "../../../../src/workbench/editor/docs/lookup.ts";

const names = (before: string, language = "ruby") =>
  completionsAfter(before, language).map(({ name }) => name);

describe("every entry", () => {
  test.each(DOCS.map((entry) => [entry.name, entry] as const))("%s is complete", (_, entry) => {
    expect(entry.signature).toContain(entry.name);
    expect(entry.text).toMatch(/[.`]$/);
    expect(entry.url).toMatch(
      /^https:\/\/(guides\.rubyonrails\.org\/v8\.0\/|api\.rubyonrails\.org\/v8\.0\/|github\.com\/rails\/solid_queue\/blob\/v1\.1\.0\/)/,
    );
    expect(markdownOf(entry)).toContain(entry.url);
  });

  test("has a word of its own in its kind of file", () => {
    const keys = DOCS.map(({ name, place }) => `${place === "key" ? "yaml" : "ruby"} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("completion", () => {
  test("offers calls after a dot", () => {
    expect(names("    PhotoJob.per")).toContain("perform_later");
    expect(names("    PhotoJob.per")).not.toContain("retry_on");
  });

  test("offers class macros where a line begins", () => {
    expect(names("  re")).toContain("retry_on");
    expect(names("  re")).not.toContain("perform_later");
  });

  test("offers keys in a configuration file, and nothing behind them", () => {
    expect(names("    - qu", "yaml")).toContain("queues");
    expect(names("    queues: de", "yaml")).toEqual([]);
    expect(names("  queues", "ruby")).not.toContain("queues");
  });

  test("is quiet inside strings and comments", () => {
    expect(names('  puts "per')).toEqual([]);
    expect(names("  # ret")).toEqual([]);
  });
});

test("hover explains the word of that kind of file", () => {
  expect(docOf("perform_later", "ruby")?.text).toContain("Enqueues");
  expect(docOf("threads", "ruby")).toBeNull();
  expect(docOf("threads", "yaml")?.text).toContain("worker");
});
