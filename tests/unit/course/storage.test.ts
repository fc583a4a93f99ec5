import { describe, expect, test } from "vitest";
import { loadEdits, saveEdits } from "../../../src/course/saved-edits.ts";
import { memoryStorage, type TextStorage } from "../../../src/course/storage.ts";

const fullStorage: TextStorage = {
  ...memoryStorage(),
  setItem() {
    throw new DOMException("full", "QuotaExceededError");
  },
};

describe("saved edits", () => {
  test("come back after a reload, each lesson its own", () => {
    const storage = memoryStorage();
    saveEdits(storage, "one", { "a.rb": "mine" });
    expect(loadEdits(storage, "one")).toEqual({ "a.rb": "mine" });
    expect(loadEdits(storage, "two")).toEqual({});
  });

  test.each(["{", "[]", '{"version":2,"files":{}}', '{"version":1,"files":[]}', "null"])(
    "that are damaged count as none: %s",
    (text) => {
      const storage = memoryStorage();
      storage.setItem("perform-later:edits:one", text);
      expect(loadEdits(storage, "one")).toEqual({});
    },
  );

  test("that the browser refuses are reported", () => {
    expect(saveEdits(fullStorage, "one", { "a.rb": "mine" })).toBe(false);
  });
});
