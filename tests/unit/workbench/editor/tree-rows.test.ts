import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  foldersOf,
  rowByLetter,
  treeMove,
  treeRows,
} from "../../../../src/workbench/editor/tree-rows.ts";

const PATHS = ["Gemfile", "app/models/photo.rb", "app/jobs/a_job.rb", "config/queue.yml"];
const names = (open: string[]) =>
  treeRows(PATHS, (folder) => open.includes(folder)).map(({ level, name }) => `${level} ${name}`);

describe("the tree", () => {
  test("shows folders first, and what is in the open ones", () => {
    expect(names([])).toEqual(["1 app", "1 config", "1 Gemfile"]);
    expect(names(["app", "app/jobs"])).toEqual([
      "1 app",
      "2 jobs",
      "3 a_job.rb",
      "2 models",
      "1 config",
      "1 Gemfile",
    ]);
  });

  test("has each file once when all folders are open, with its place among its siblings", () => {
    const name = fc.stringMatching(/^[a-c]{1,2}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((all) => `${all.join("/")}.rb`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 20 }), (paths) => {
        const rows = treeRows(paths, () => true);
        const files = rows.filter(({ kind }) => kind === "file");
        expect(files.map((row) => row.path).sort()).toEqual([...paths].sort());
        for (const row of rows) {
          expect(row.position).toBeLessThanOrEqual(row.siblings);
          expect(row.level).toBe(row.path.split("/").length);
        }
      }),
    );
  });

  test("moves as ARIA's tree view does", () => {
    const rows = treeRows(PATHS, (folder) => folder === "app");
    expect(treeMove("ArrowDown", rows, 0)).toEqual({ to: 1 });
    expect(treeMove("ArrowUp", rows, 0)).toBeNull();
    expect(treeMove("End", rows, 0)).toEqual({ to: 4 });
    expect(treeMove("ArrowRight", rows, 0)).toEqual({ to: 1 });
    expect(treeMove("ArrowRight", rows, 1)).toEqual({ fold: "app/jobs", open: true });
    expect(treeMove("ArrowLeft", rows, 1)).toEqual({ to: 0 });
    expect(treeMove("ArrowLeft", rows, 0)).toEqual({ fold: "app", open: false });
    expect(treeMove("x", rows, 0)).toBeNull();
  });

  test("finds the next row by its first letter", () => {
    const rows = treeRows(PATHS, () => false);
    expect(rowByLetter(rows, 0, "g")).toBe(2);
    expect(rowByLetter(rows, 0, "a")).toBe(0);
    expect(rowByLetter(rows, 0, "z")).toBe(-1);
  });

  test("knows the folders that lead to a file", () => {
    expect(foldersOf("app/models/photo.rb")).toEqual(["app", "app/models"]);
    expect(foldersOf("Gemfile")).toEqual([]);
  });
});
