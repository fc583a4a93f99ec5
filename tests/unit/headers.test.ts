import { expect, test } from "vitest";
import { HEADERS, headersFile, headersFor } from "../../src/headers.ts";

const RUNNER = "/webcontainer/runner.123/runner-main.mjs";

test("every file comes with the headers that cross-origin isolation needs", () => {
  expect(HEADERS).toMatchObject({
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  });
  expect(headersFor("/lessons/x/")).toEqual(HEADERS);
});

test("files with a hash in their name are kept for ever", () => {
  for (const path of ["/_astro/x.123.js", "/boot/code.123.wasm", "/boot/memory.123.bin", RUNNER]) {
    expect(headersFor(path)["Cache-Control"]).toContain("immutable");
  }
  expect(headersFor("/webcontainer/files.json")).toEqual(HEADERS);
  expect(headersFor("/boot/manifest.json")).not.toHaveProperty("Cache-Control");
});

test("the _headers file says the same", () => {
  const file = headersFile();
  expect(file).toMatch(/^\/\*\n {2}Cross-Origin-Opener-Policy: same-origin\n/);
  expect(file).toContain("/_astro/*\n  Cache-Control: public, max-age=31536000, immutable\n");
});
