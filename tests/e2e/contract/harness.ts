/**
 * Stands in for `vitest` in the page's bundle: collects the tests of one file and runs them one after the other.
 * What they expect is checked by Vitest's own `expect`.
 */
import { expect, vi } from "vitest";

export { expect, vi };

type Body = (value?: never) => unknown;

interface Suite {
  name: string;
  before: Body[];
  after: Body[];
  /** Tests and suites, in their order. */
  items: ({ name: string; body: Body } | Suite)[];
}

export interface Result {
  name: string;
  /** Null where it passed. */
  problem: string | null;
}

const suiteOf = (name: string): Suite => ({ name, before: [], after: [], items: [] });
let current = suiteOf("");

export function describe(name: string, body: () => void): void {
  const outer = current;
  current = suiteOf(name);
  outer.items.push(current);
  body();
  current = outer;
}

export const beforeAll = (body: Body) => void current.before.push(body);
export const afterAll = (body: Body) => void current.after.push(body);

export const test = Object.assign(
  (name: string, body: Body) => void current.items.push({ name, body }),
  {
    each: (values: readonly never[]) => (name: string, body: Body) => {
      for (const value of values) {
        const shown = name.replace("%o", JSON.stringify(value));
        current.items.push({ name: shown, body: () => body(value) });
      }
    },
  },
);

/** Runs what `define` has defined; a `beforeAll` that fails is a problem of its own. */
export async function runTests(define: () => void, onResult: (result: Result) => void) {
  current = suiteOf("");
  define();
  await runSuite(current, [], onResult);
}

async function runSuite(suite: Suite, names: string[], onResult: (result: Result) => void) {
  const path = suite.name === "" ? names : [...names, suite.name];
  const attempt = async (body: Body) => {
    try {
      await body();
      return null;
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    } finally {
      vi.restoreAllMocks();
    }
  };
  for (const body of suite.before) {
    const problem = await attempt(body);
    if (problem) return onResult({ name: [...path, "before"].join(" > "), problem });
  }
  for (const item of suite.items) {
    if ("items" in item) await runSuite(item, path, onResult);
    else
      onResult({
        name: [...path, item.name].join(" > "),
        problem: await attempt(item.body),
      });
  }
  for (const body of suite.after) await attempt(body);
}
