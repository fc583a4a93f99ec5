import { expect, test } from "vitest";
import { loadStartingApps } from "../../../src/course/node/load-playground.ts";

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
