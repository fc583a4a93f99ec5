/** What the page may ask of the runner's sandbox, by the names of the interface. */
import type { Sandbox } from "../sandbox.ts";
import { readRequest, spellResponse } from "./http.ts";
import type { SpelledRequest } from "./messages.ts";

type Answer = (sandbox: Sandbox, args: unknown[], signal: AbortSignal) => Promise<unknown>;
type Tell = (sandbox: Sandbox, args: unknown[]) => void;

/** The page's arguments are those of the interface: its types have checked them there. */
type Any = never;

const QUEUE = [
  "jobs",
  "counts",
  "queues",
  "classNames",
  "failures",
  "limits",
  "processes",
  "recurringTasks",
  "runTask",
  "ended",
  "pause",
  "resume",
  "retry",
  "discard",
  "runNow",
] as const satisfies readonly (keyof Sandbox["queue"])[];
export type QueueMethod = (typeof QUEUE)[number];

const DATABASE = [
  "names",
  "tables",
  "schema",
  "query",
  "knownSince",
  "execute",
  "locks",
  "export",
  "import",
] as const satisfies readonly (keyof Sandbox["database"])[];

const READER = ["tables", "schema", "query"] as const;

export const answers: Readonly<Record<string, Answer>> = {
  ...methods("queue", QUEUE, (sandbox) => sandbox.queue),
  ...methods("database", DATABASE, (sandbox) => sandbox.database),
  ...Object.fromEntries(
    READER.map((name): [string, Answer] => [
      `database.at.${name}`,
      ({ database }, [time, ...args]) => call(database.at(time as number), name, args),
    ]),
  ),
  "processes.start": ({ processes }, args) => call(processes, "start", args),
  "processes.wait": ({ processes }, args) => call(processes, "wait", args),
  "console.complete": (sandbox, args) => call(sandbox.console, "complete", args),
  "console.isWhole": (sandbox, args) => call(sandbox.console, "isWhole", args),
  "clock.advance": ({ clock }, [ms], signal) => clock.advance(ms as number, signal),
  "clock.nextDue": ({ clock }) => clock.nextDue(),
  snapshot: (sandbox) => sandbox.snapshot(),
  evaluate: (sandbox, [code], signal) => sandbox.evaluate(code as string, signal),
  check: (sandbox, [source], signal) => sandbox.check(source as string, signal),
  fetch: async (sandbox, [request]) =>
    spellResponse(await sandbox.fetch(readRequest(request as SpelledRequest))),
};

export const tells: Readonly<Record<string, Tell>> = {
  "files.write": ({ files }, [path, content]) => files.write(path as Any, content as Any),
  "files.delete": ({ files }, [path]) => files.delete(path as Any),
  "files.replace": ({ files }, [tree]) => files.replace(tree as Any),
  "processes.signal": ({ processes }, [pid, signal]) => processes.signal(pid as Any, signal as Any),
  "processes.pullThePlug": ({ processes }) => void processes.pullThePlug(),
  "clock.freeze": ({ clock }) => clock.freeze(),
  "clock.unfreeze": ({ clock }) => clock.unfreeze(),
};

function methods<Part extends object>(
  prefix: string,
  names: readonly (keyof Part & string)[],
  part: (sandbox: Sandbox) => Part,
): Record<string, Answer> {
  const entries = names.map((name): [string, Answer] => [
    `${prefix}.${name}`,
    async (sandbox, args) => call(part(sandbox), name, args),
  ]);
  return Object.fromEntries(entries);
}

async function call<Part extends object>(
  part: Part,
  name: keyof Part & string,
  args: unknown[],
): Promise<unknown> {
  const method = part[name] as (...args: unknown[]) => Promise<unknown>;
  return method.apply(part, args);
}
