import { expect, test } from "vitest";
import { loadStartingApps } from "../../../src/course/node/load-playground.ts";
import { lessonsFound } from "../../../src/workbench/playground/lessons.ts";

const apps = await loadStartingApps();

test("the playground starts from the photo app, an empty one, and each lesson's two", () => {
  const ids = apps.map(({ app }) => app.id);
  expect(ids.slice(0, 2)).toEqual(["photo-app", "empty-app"]);
  expect(ids).toEqual(
    expect.arrayContaining(["process-photos-later-start", "process-photos-later-solution"]),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
});

test.each(apps.map(({ app, files }) => [app.id, app, files] as const))(
  "%s has the files that it opens",
  (_, app, files) => {
    expect(app.focus.length).toBeGreaterThan(0);
    for (const path of app.focus) expect(files[path] ?? null, path).not.toBeNull();
  },
);

test("lessons are found by title, by what they are about and by their files", () => {
  const starting = apps.map(({ app }) => app);
  const found = (query: string) => lessonsFound(starting, query).map(({ title }) => title);
  const all = found("");
  expect(all.length).toBeGreaterThan(10);
  expect(new Set(all).size).toBe(all.length);
  expect(found("photos LATER")[0]).toMatch(/Process photos later$/);
  expect(found("the controller enqueues")).toHaveLength(1);
  expect(found("recurring.yml").length).toBeGreaterThan(0);
  expect(found("no such words")).toEqual([]);
});

test("the empty app knows nothing of photos", () => {
  const files = apps.find(({ app }) => app.id === "empty-app")?.files ?? {};
  const all = Object.entries(files).filter(([, text]) => typeof text === "string");
  const mentions = all.filter(([path, text]) => /photo/i.test(`${path}\n${String(text)}`));
  expect(mentions.map(([path]) => path).sort()).toEqual([
    "Gemfile",
    "app/mailers/application_mailer.rb",
    "app/views/layouts/_style.html.erb",
    "config/application.rb",
  ]);
});
