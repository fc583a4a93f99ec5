import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeLesson, encodeLesson } from "../../../src/course/lesson.ts";
import { lessonFolders, loadLesson } from "../../../src/course/node/load-lesson.ts";

let root: string;
let places: { lessons: string; baseApp: string };

async function write(name: string, content: string | Uint8Array) {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "perform-later-lesson-"));
  places = { lessons: path.join(root, "lessons"), baseApp: path.join(root, "base") };
  await write("base/app/models/photo.rb", "class Photo; end\n");
  await write("base/public/cat.jpg", new Uint8Array([0xff, 0xd8, 0xff, 0x00]));
  await write("lessons/07-a-lesson/app/app/jobs/photo_job.rb", "# to do\n");
  await write("lessons/07-a-lesson/solution/app/jobs/photo_job.rb", "# done\n");
  await write("lessons/07-a-lesson/check.rb", "# check\n");
  await write("lessons/07-a-lesson/wrong/forgets/app/jobs/photo_job.rb", "# wrong\n");
  await write("lessons/07-a-lesson/wrong/forgets/hint.txt", "Think again.\n");
  await write("lessons/07-a-lesson/right/otherwise/app/jobs/photo_job.rb", "# done otherwise\n");
});

afterEach(() => rm(root, { recursive: true }));

describe("a lesson", () => {
  test("is read from its folder", async () => {
    expect(await loadLesson("a-lesson", places)).toEqual({
      slug: "a-lesson",
      number: 7,
      base: {
        "app/models/photo.rb": "class Photo; end\n",
        "public/cat.jpg": new Uint8Array([0xff, 0xd8, 0xff, 0x00]),
      },
      app: { "app/jobs/photo_job.rb": "# to do\n" },
      solution: { "app/jobs/photo_job.rb": "# done\n" },
      check: "# check\n",
      experiment: { steps: {} },
      variants: {},
      wrong: [
        {
          name: "forgets",
          files: { "app/jobs/photo_job.rb": "# wrong\n" },
          hint: "Think again.",
        },
      ],
      right: [{ name: "otherwise", files: { "app/jobs/photo_job.rb": "# done otherwise\n" } }],
    });
  });

  test("is found by its folder's name too", async () => {
    expect((await loadLesson("07-a-lesson", places)).slug).toBe("a-lesson");
    expect(await lessonFolders(places)).toEqual(["07-a-lesson"]);
  });

  test("that does not exist is named in the error", async () => {
    await expect(loadLesson("nope", places)).rejects.toThrow('no lesson "nope"');
  });

  test("with a wrong answer needs its hint", async () => {
    await rm(path.join(places.lessons, "07-a-lesson/wrong/forgets/hint.txt"));
    await expect(loadLesson("a-lesson", places)).rejects.toThrow("hint.txt");
  });

  test("reaches the workbench with the app laid over the base", async () => {
    const json = JSON.parse(JSON.stringify(encodeLesson(await loadLesson("a-lesson", places))));
    const { files, check } = decodeLesson(json);
    expect(Object.keys(files)).toEqual([
      "app/jobs/photo_job.rb",
      "app/models/photo.rb",
      "public/cat.jpg",
    ]);
    expect(check).toBe("# check\n");
  });
});
