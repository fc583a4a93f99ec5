import { describe, expect, test } from "vitest";
import { meaning, shortcuts, type Press } from "../../../../src/workbench/palette/keys.ts";
import { matching, score } from "../../../../src/workbench/palette/match.ts";
import { PANELS } from "../../../../src/workbench/panels.ts";

const press = (part: Partial<Press>): Press => ({
  key: "x",
  mod: false,
  modified: part.mod ?? false,
  typing: false,
  inside: false,
  afterG: false,
  single: true,
  ...part,
});

describe("a key", () => {
  test("with Ctrl calls the palette, also while somebody types", () => {
    expect(meaning(press({ key: "k", mod: true, typing: true }))).toEqual({ overlay: "commands" });
  });

  test("with Ctrl prints and saves the page as ever outside the workbench", () => {
    expect(meaning(press({ key: "p", mod: true }))).toBeNull();
    expect(meaning(press({ key: "p", mod: true, inside: true }))).toEqual({ overlay: "files" });
    expect(meaning(press({ key: "s", mod: true }))).toBeNull();
    expect(meaning(press({ key: "s", mod: true, inside: true }))).toBe("save");
  });

  test("alone means nothing while somebody types, or where it is turned off", () => {
    for (const key of ["?", "g"]) {
      expect(meaning(press({ key, typing: true }))).toBeNull();
      expect(meaning(press({ key, single: false }))).toBeNull();
      expect(meaning(press({ key, modified: true }))).toBeNull();
    }
    expect(meaning(press({ key: "?" }))).toEqual({ overlay: "shortcuts" });
  });

  test("after g shows a panel", () => {
    expect(meaning(press({ key: "g" }))).toBe("wait for the next key");
    expect(meaning(press({ key: "a", afterG: true }))).toEqual({ panel: "app" });
    expect(meaning(press({ key: "a" }))).toBeNull();
  });
});

test("every panel has a key of its own, and stands in the list", () => {
  const keys = PANELS.map(({ key }) => key as string);
  expect(new Set(keys).size).toBe(keys.length);
  const listed = shortcuts(false).map(({ keys: all }) => all);
  expect(listed).toEqual(expect.arrayContaining(keys.map((key) => `g ${key}`)));
  expect(new Set(listed).size).toBe(listed.length);
});

describe("matching", () => {
  test("wants every word, and puts beginnings first", () => {
    const titles = ["app/models/photo.rb", "Show Jobs", "Send KILL to jobs-1", "photo"];
    const found = (query: string) => matching(query, titles, (title) => title);
    expect(found("jobs kill")).toEqual(["Send KILL to jobs-1"]);
    expect(found("photo")).toEqual(["photo", "app/models/photo.rb"]);
    expect(found("amp")).toEqual(["app/models/photo.rb"]);
    expect(found("")).toEqual(titles);
    expect(score("zzz", "photo")).toBeNull();
  });
});
