import { afterEach, expect, test, vi } from "vitest";
import { fetchRunner, parseRunnerList } from "../../src/sandbox/webcontainer/fetch-runner.ts";

const BASE = "http://localhost/webcontainer/";
const LIST = { folder: "runner.12ab", files: ["a.mjs", "b.wasm"] };

afterEach(() => vi.unstubAllGlobals());

function serve(files: Record<string, string>) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: URL, { signal }: RequestInit) => {
    signal?.throwIfAborted();
    const name = url.href.replace(BASE, "");
    asked.push(name);
    const text = files[name];
    return Promise.resolve(new Response(text ?? "", { status: text === undefined ? 404 : 200 }));
  });
  return asked;
}

const never = new AbortController().signal;

test("the runner's files come from the folder that the list names", async () => {
  const files = { "files.json": JSON.stringify(LIST), "runner.12ab/a.mjs": "a" };
  const asked = serve({ ...files, "runner.12ab/b.wasm": "b" });
  const runner = await fetchRunner(BASE, never);
  const texts = Object.entries(runner).map(([name, bytes]) => [
    name,
    String.fromCharCode(...bytes),
  ]);
  expect(Object.fromEntries(texts)).toEqual({ "a.mjs": "a", "b.wasm": "b" });
  expect(asked.sort()).toEqual(["files.json", "runner.12ab/a.mjs", "runner.12ab/b.wasm"]);
});

test("what is missing is said, and an abort keeps its reason", async () => {
  serve({});
  await expect(fetchRunner(BASE, never)).rejects.toThrow(
    "The program for the WebContainer did not download (the server answered 404 for /webcontainer/files.json)",
  );
  const reason = new Error("cancelled");
  await expect(fetchRunner(BASE, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test.each([
  { ...LIST, folder: "../x" },
  { ...LIST, files: ["../a"] },
  { folder: "runner.1" },
  "<!doctype html>",
])("no list is %o", (value) => {
  expect(() => parseRunnerList(value)).toThrow();
});
