import { expect, test } from "vitest";
import { fileNames } from "../../../src/workbench/format.ts";

test("files are named without their folders, and many are counted", () => {
  expect(fileNames(["app/models/photo.rb"])).toBe("photo.rb");
  expect(fileNames(["a/b.rb", "c.rb", "d.rb"])).toBe("b.rb, c.rb, and d.rb");
  expect(fileNames(["a.rb", "b.rb", "c.rb", "d.rb"])).toBe("a.rb, b.rb, and 2 more files");
});
