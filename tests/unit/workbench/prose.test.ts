// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import type { Bench } from "../../../src/workbench/session/bench.ts";
import { linkProse, placeOf } from "../../../src/workbench/prose/links.ts";

const paths = ["Gemfile", "app/models/photo.rb"];

test("a code span that names a file of the app is a place, other code is not", () => {
  expect(placeOf("app/models/photo.rb", paths)).toEqual({ path: "app/models/photo.rb", line: 1 });
  expect(placeOf("app/models/photo.rb:5", paths)).toMatchObject({ line: 5 });
  expect(placeOf("app/models/photo.rb:5-8", paths)).toMatchObject({ line: 5, endLine: 8 });
  expect(placeOf("Gemfile", paths)).toMatchObject({ path: "Gemfile" });
  for (const code of ["app/models/gone.rb", "Photo", "perform_later", "photo.rb:5", ""]) {
    expect(placeOf(code, paths)).toBeNull();
  }
});

test("the text's files lead into the editor while the workbench runs, and are code again after", () => {
  const text =
    "<p>See <code>app/models/photo.rb:5</code> and <code>Photo</code>.</p>" +
    '<figure><figcaption><span class="title">Gemfile</span></figcaption></figure>' +
    '<div class="workbench"><code>Gemfile</code></div>';
  document.body.innerHTML = text;
  const showInEditor = vi.fn();
  const bench = { workspace: { paths }, showInEditor } as unknown as Bench;
  const stop = linkProse(document.body, bench);
  const buttons = [...document.querySelectorAll("button")];
  expect(buttons.map((button) => button.textContent)).toEqual([
    "app/models/photo.rb:5",
    "Show in editor",
  ]);
  for (const button of buttons) button.click();
  expect(showInEditor.mock.calls).toEqual([
    [{ path: "app/models/photo.rb", line: 5 }],
    [{ path: "Gemfile", line: 1 }],
  ]);
  stop();
  expect(document.body.innerHTML).toBe(text);
});
