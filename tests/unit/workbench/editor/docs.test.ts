import { describe, expect, test } from "vitest";
import {
  completionsAfter,
  DOCS,
  docOf,
  markdownOf,
} from "../../../../src/workbench/editor/docs/lookup.ts";

const QUEUE = "/config/queue.yml";
const JOB = ["class PhotoJob < ApplicationJob"];
const METHOD = [...JOB, "  queue_as :default", "", "  def perform(photo)"];

const names = (before: string, { path = "/app/jobs/photo_job.rb", above = JOB } = {}) =>
  completionsAfter(before, path, above).map(({ name }) => name);

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
    const keys = DOCS.map(
      ({ name, place }) => `${place.endsWith(".yml") ? place : "ruby"} ${name}`,
    );
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

  test("keeps what only a running job has out of the class's body, and macros out of methods", () => {
    expect(names("  retr")).not.toContain("retry_job");
    expect(names("    retr", { above: METHOD })).toContain("retry_job");
    expect(names("    retr", { above: METHOD })).not.toContain("retry_on");
    expect(names("    puts exec", { above: METHOD })).toContain("executions");
    const after = [...METHOD, "    photo.process_image", "  end", ""];
    expect(names("  re", { above: after })).toContain("retry_on");
    expect(
      names("  re", { above: [...JOB, "  def perform(id) = Photo.find(id).process_image"] }),
    ).toContain("retry_on");
  });

  test("offers a record's callbacks in a record, a job's macros in a job, either in a module", () => {
    const record = ["class Photo < ApplicationRecord"];
    expect(names("  after", { above: record })).toContain("after_commit");
    expect(names("  retry", { above: record })).not.toContain("retry_on");
    expect(names("  after")).not.toContain("after_commit");
    expect(names("  after")).toContain("after_enqueue");
    const concern = ["module Photo::Upload", "  included do"];
    expect(names("    after", { above: concern })).toEqual(
      expect.arrayContaining(["after_commit", "after_perform"]),
    );
  });

  test("offers nothing of a job to a controller, and calls everywhere", () => {
    const above = ["class PhotosController < ApplicationController", "  def create"];
    expect(names("    arg", { above })).toEqual([]);
    expect(names("    PhotoJob.per", { above })).toContain("perform_later");
    expect(names("re", { above: [] })).toEqual([]);
  });

  test("offers perform where a job's method gets its name", () => {
    expect(names("  def per")).toEqual(["perform"]);
    expect(names("  def per", { above: ["class Photo < ApplicationRecord"] })).toEqual([]);
  });

  test("offers keys in a configuration file, and nothing behind them", () => {
    expect(names("    - qu", { path: QUEUE })).toContain("queues");
    expect(names("    queues: de", { path: QUEUE })).toEqual([]);
    expect(names("  queues")).not.toContain("queues");
  });

  test("is quiet inside strings and comments", () => {
    expect(names('  puts "per')).toEqual([]);
    expect(names("  # ret")).toEqual([]);
  });
});

test("hover explains the word of that file", () => {
  const job = "/app/jobs/photo_job.rb";
  expect(docOf("perform_later", job)?.text).toContain("Enqueues");
  expect(docOf("threads", job)).toBeNull();
  expect(docOf("threads", QUEUE)?.text).toContain("worker");
  expect(docOf("queue", "/config/recurring.yml")?.text).toContain("recurring task");
  expect(docOf("queue", "/config/database.yml")).toBeNull();
  expect(docOf("schedule", QUEUE)).toBeNull();
});
