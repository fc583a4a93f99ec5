import { describe, expect, test } from "vitest";
import {
  exportProgress,
  importProgress,
  lessonState,
  loadProgress,
  markAnswered,
  markOpened,
  markPassed,
  onProgress,
  ProgressImportError,
  resetProgress,
} from "../../../src/course/progress.ts";
import { memoryStorage, type TextStorage } from "../../../src/course/storage.ts";

const KEY = "perform-later:progress";
const NONE = { lessons: {}, last: null };

function stored(text: string): TextStorage {
  const storage = memoryStorage();
  storage.setItem(KEY, text);
  return storage;
}

describe("a lesson", () => {
  test("is new, then started, then done", () => {
    const storage = memoryStorage();
    expect(lessonState(loadProgress(storage), "a")).toBe("new");
    expect(lessonState(markOpened(storage, "a"), "a")).toBe("started");
    expect(lessonState(markPassed(storage, "a"), "a")).toBe("done");
    expect(lessonState(markOpened(storage, "a"), "a")).toBe("done");
  });

  test("keeps its answered questions once each, in order", () => {
    const storage = memoryStorage();
    for (const question of [2, 0, 2]) markAnswered(storage, "a", question);
    expect(loadProgress(storage).lessons["a"]).toEqual({ exercise: false, quiz: [0, 2] });
  });

  test("opened last is where to resume", () => {
    const storage = memoryStorage();
    markOpened(storage, "a");
    markOpened(storage, "b");
    expect(loadProgress(storage).last).toBe("b");
  });
});

describe("what is stored", () => {
  test("by version 1 is understood", () => {
    const storage = stored('{"version":1,"passed":["a",7]}');
    expect(loadProgress(storage)).toEqual({
      lessons: { a: { exercise: true, quiz: [] } },
      last: null,
    });
  });

  test.each(["{", "[]", "null", '{"version":3,"lessons":{}}', '{"version":2,"lessons":{"a":1}}'])(
    "and damaged counts as none: %s",
    (text) => {
      expect(loadProgress(stored(text))).toEqual(NONE);
    },
  );

  test("does not stand in the way when there is no room", () => {
    const full: TextStorage = {
      ...memoryStorage(),
      setItem() {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(lessonState(markPassed(full, "a"), "a")).toBe("done");
  });
});

describe("a file", () => {
  test("carries the progress to another browser", () => {
    const here = memoryStorage();
    markPassed(here, "a");
    markAnswered(here, "b", 1);
    const there = memoryStorage();
    importProgress(there, exportProgress(here));
    expect(loadProgress(there)).toEqual(loadProgress(here));
  });

  test.each(["not json", "{}", '{"version":2,"lessons":{"a":{"exercise":"yes","quiz":[]}}}'])(
    "that is something else changes nothing: %s",
    (text) => {
      const storage = memoryStorage();
      markPassed(storage, "a");
      expect(() => importProgress(storage, text)).toThrow(ProgressImportError);
      expect(lessonState(loadProgress(storage), "a")).toBe("done");
    },
  );
});

test("listeners hear every change until they stop", () => {
  const storage = memoryStorage();
  const heard: (string | null)[] = [];
  const stop = onProgress(({ last }) => heard.push(last));
  markOpened(storage, "a");
  resetProgress(storage);
  stop();
  markOpened(storage, "b");
  expect(heard).toEqual(["a", null]);
});
