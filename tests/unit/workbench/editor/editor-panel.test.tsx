// @vitest-environment happy-dom
/**
 * The Editor as a whole, on the bench of a recorded sandbox, with Ruby's real parser. Monaco is replaced at its border
 * (tests/unit/support/plain-monaco.ts says why).
 */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EditorPanel } from "../../../../src/workbench/editor/EditorPanel.tsx";
import { RECORDED, recordedBench } from "../../support/recorded-bench.ts";

vi.mock(import("../../../../src/workbench/editor/monaco.ts"), async () => {
  const { plainMonaco } = await import("../../support/plain-monaco.ts");
  return { loadMonaco: () => Promise.resolve(plainMonaco) };
});
vi.mock(
  "../../../../src/workbench/editor/syntax/worker.ts?worker",
  () => import("../../support/syntax-worker.ts"),
);

const JOB = "app/jobs/charge_job.rb";
const CODE = `class ChargeJob < ApplicationJob
  retry_on IOError, wait: 1.second, attempts: 2
  discard_on ArgumentError
  def perform(order, error = nil)
    puts "charging #{order}"
    raise error.constantize, "order #{order} refused" if error
  end
end
`;
const SOLVED = CODE.replace("attempts: 2", "attempts: 5");
const FILES = {
  [JOB]: CODE,
  "app/models/order.rb": "class Order\nend\n",
  "config/queue.yml": "a: 1\n",
};

let root: HTMLElement;
let made: ReturnType<typeof recordedBench>;

beforeEach(async () => {
  root = document.body.appendChild(document.createElement("div"));
  made = recordedBench({
    files: FILES,
    solution: { [JOB]: SOLVED },
    open: JOB,
    focus: [JOB, "app/models/order.rb"],
  });
  await act(() => render(<EditorPanel bench={made.bench} />, root));
  await vi.waitFor(() => expect(code().value).toBe(CODE));
});
afterEach(async () => {
  render(null, root);
  root.remove();
  await made.bench.dispose();
});

const text = () => root.textContent;
const code = () => {
  const field = root.querySelector<HTMLTextAreaElement>(".wb-code textarea");
  if (!field) throw new Error("There is no code");
  return field;
};
const tree = () =>
  [...root.querySelectorAll<HTMLElement>("[role=treeitem]")].map(({ dataset }) => dataset["path"]);
const row = (path: string) =>
  root.querySelector<HTMLElement>(`[data-path="${path}"][role=treeitem]`);
const tabs = () =>
  [...root.querySelectorAll(".wb-file-tab > .wb-tab")].map((tab) => tab.textContent);
const press = (name: string, among = "button") =>
  act(() => {
    const found = [...root.querySelectorAll<HTMLButtonElement>(among)].find((button) =>
      (button.getAttribute("aria-label") ?? button.textContent).trim().startsWith(name),
    );
    if (!found) throw new Error(`No button is called ${name}: ${text()}`);
    found.click();
  });
async function type(value: string) {
  code().value = value;
  await act(() => void code().dispatchEvent(new Event("input", { bubbles: true })));
}
/** Until the words stand in the panel. */
const seen = (what: string) => vi.waitFor(() => expect(text()).toContain(what));

test("the lesson's files are open, one is seen, and a file of the tree opens in a tab of its own", async () => {
  expect(tabs()).toEqual(["charge_job.rb", "order.rb"]);
  expect(tree()).toEqual(["app", "app/jobs", JOB, "app/models", "app/models/order.rb", "config"]);
  await act(() => row("config")?.click());
  await act(() => row("config/queue.yml")?.click());
  expect(tabs()).toEqual(["charge_job.rb", "order.rb", "queue.yml"]);
  expect(code().value).toBe("a: 1\n");
  expect(root.querySelector(".wb-editor-status")?.textContent).toContain("YAML");
  await press("Close queue.yml");
  expect(tabs()).toEqual(["charge_job.rb", "order.rb"]);
  expect(code().value).toBe("class Order\nend\n");
});

test("what is typed marks the file, and reaches the sandbox when the typing pauses", async () => {
  const { write } = made.files;
  expect(root.querySelectorAll(".wb-changed")).toHaveLength(0);
  await type(SOLVED);
  expect(root.querySelector(".wb-file-tab[data-active] .wb-changed")).not.toBeNull();
  expect(row(JOB)?.dataset["status"]).toBe("M");
  expect(text()).toContain("Saving");
  expect(write).not.toHaveBeenCalled();
  await seen("Saved");
  expect(write.mock.calls).toEqual([[JOB, SOLVED]]);
  await type(CODE);
  expect(row(JOB)?.dataset["status"]).toBeUndefined();
});

test("Ruby's parser says where a file is wrong, and a press leads there", async () => {
  await seen("No syntax errors");
  await type(CODE.replace("(order, error = nil)", "(order, error = nil"));
  await seen("Syntax error. Line 5: ");
  expect(code().dataset["marked"]).toBeUndefined();
  await press("Syntax error.");
  await vi.waitFor(() => expect(code().dataset["marked"]).toBe("5-5"));
  expect(text()).toContain("Line 5, column 1");
  await act(() => made.bench.workspace.open("config/queue.yml"));
  await vi.waitFor(() => expect(text()).not.toContain("Syntax error"));
});

test("a file's changes stand beside what the lesson gave", async () => {
  await type(SOLVED);
  await press("Changes 1");
  await vi.waitFor(() => expect(root.querySelectorAll(".wb-diff pre")).toHaveLength(2));
  const sides = () =>
    [...root.querySelectorAll(".wb-diff pre")].map((pre) => [
      pre.getAttribute("aria-label"),
      pre.textContent,
    ]);
  expect(sides()).toEqual([
    [`As the lesson gave it: ${JOB}`, CODE],
    [`Yours: ${JOB}`, SOLVED],
  ]);
  await press("Close", ".wb-diff button");
  expect(root.querySelector(".wb-diff")).toBeNull();
  expect(code().value).toBe(SOLVED);
});

test("the solution is shown beside the learner's code, replaces it only when asked twice, and is taken back", async () => {
  const mine = CODE.replace("attempts: 2", "attempts: 3");
  await type(mine);
  await press("Solution");
  await vi.waitFor(() => expect(root.querySelectorAll(".wb-diff pre")).toHaveLength(2));
  await press("Use the solution");
  expect(made.bench.workspace.text(JOB)).toBe(mine);
  await press("Replace");
  await vi.waitFor(() => expect(code().value).toBe(SOLVED));
  expect(text()).toContain("The solution has replaced charge_job.rb.");
  await press("Undo");
  expect(code().value).toBe(mine);
  expect(made.files.write).toHaveBeenLastCalledWith(JOB, mine);
});

test("a file is deleted and had again, and another is seen meanwhile", async () => {
  await press("Delete charge_job.rb");
  expect(made.files.delete).toHaveBeenCalledWith(JOB);
  expect([row(JOB)?.dataset["status"], code().value]).toEqual(["D", "class Order\nend\n"]);
  await press("Undo");
  expect(row(JOB)?.dataset["status"]).toBeUndefined();
});

test("the line at which a recorded job failed is shown", async () => {
  await act(() => made.bench.workspace.open("app/models/order.rb"));
  const failed = RECORDED.jobs.find(({ error }) => error?.className === "IOError");
  const [, path = "", line] = /^(.+?):(\d+)/.exec(failed?.error?.backtrace?.[0] ?? "") ?? [];
  await act(() => made.bench.showInEditor({ path, line: Number(line) }));
  await vi.waitFor(() => expect(code().dataset["marked"]).toBe("6-6"));
  expect([path, code().value]).toEqual([JOB, CODE]);
  await type(`# moved\n${CODE}`);
  expect(code().dataset["marked"]).toBeUndefined();
});
