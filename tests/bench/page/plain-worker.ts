/** Boots rails.wasm as wasmify-rails does: Ruby, Rails, the app, and SQLite in the same worker. */
import {
  ConsoleStdout,
  Directory,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
} from "@bjorn3/browser_wasi_shim";
import { RubyVM } from "@ruby/wasm-wasi";
import createSqlite from "@sqlite.org/sqlite-wasm";
import type { PlainWorkFigures } from "../measures.ts";
import { PLAIN_APP, type PlainTree } from "./plain-app.ts";
import { THREADS, timed } from "./timed.ts";

export interface PlainRequest {
  module: WebAssembly.Module;
  /** So many jobs are enqueued and performed after the first; 0 does neither. */
  jobs: number;
}

export type PlainAnswer =
  | { step: "booted" }
  | { step: "enqueued"; memoryBytes: number }
  | ({ step: "worked" } & PlainWorkFigures)
  | { step: "failed"; message: string };

const answer = (message: PlainAnswer) => postMessage(message);
const encoder = new TextEncoder();

onmessage = (event: MessageEvent<PlainRequest>) => {
  run(event.data).catch((error: unknown) =>
    answer({ step: "failed", message: (error as Error).message.slice(0, 2000) }),
  );
};

async function run({ module, jobs }: PlainRequest): Promise<void> {
  const sqlite = await createSqlite();
  for (const name of ["primary", "queue"]) {
    Object.assign(globalThis, { [`sqlite_${name}`]: database(sqlite, name) });
  }
  const { vm, memory } = await startRuby(module);
  vm.eval('require "/rails-vm/boot"; require "js"; Dir.chdir("/workspace")');
  vm.eval('require "/workspace/config/environment"');
  vm.eval(`
    ActiveRecord::Schema.verbose = false
    ActiveRecord::Base.establish_connection(:queue)
    load "/bundle/gems/solid_queue-1.1.0/lib/generators/solid_queue/install/templates/db/queue_schema.rb"
    ActiveRecord::Base.establish_connection(:primary)
  `);
  answer({ step: "booted" });
  vm.eval("BenchJob.perform_later(1)");
  answer({ step: "enqueued", memoryBytes: memory.buffer.byteLength });
  if (jobs > 0) answer({ step: "worked", ...work((code) => vm.eval(code).toString(), jobs) });
}

/** What `measureWork` measures of the sandbox, with as many jobs. */
function work(ruby: (code: string) => string, jobs: number): PlainWorkFigures {
  const perSecond = (times: number, body: string) => {
    ruby(timed(10, body));
    return times / Number(ruby(timed(times, body)));
  };
  const queriesPerSecond = perSecond(
    2 * jobs,
    'SolidQueue::Job.lease_connection.select_value("SELECT 1")',
  );
  const enqueuedPerSecond = perSecond(jobs, "BenchJob.perform_later(n)");
  const waiting = Number(ruby("SolidQueue::ReadyExecution.count"));
  const performedPerSecond = waiting / Number(ruby(timed(1, PERFORM_ALL)));
  if (ruby("SolidQueue::Job.where(finished_at: nil).count") !== "0")
    throw new Error("The plain way left jobs unperformed");
  return { queriesPerSecond, enqueuedPerSecond, performedPerSecond };
}

/** Solid Queue's own claim and perform, without its threads, which this Ruby has not. */
const PERFORM_ALL = `
  worker = SolidQueue::Process.register(kind: "Worker", name: "plain", pid: 1, hostname: "plain", metadata: {})
  while (claimed = SolidQueue::ReadyExecution.claim("*", ${THREADS}, worker.id)).any?
    claimed.each(&:perform)
  end
`;

/** What wasmify-rails' adapter calls. */
function database(sqlite: Awaited<ReturnType<typeof createSqlite>>, name: string) {
  const db = new sqlite.oo1.DB(`/${name}.db`, "c");
  return {
    exec(sql: string) {
      const cols: string[] = [];
      const rows = db.exec(String(sql), { columnNames: cols, returnValue: "resultRows" });
      return { cols, rows };
    },
    changes: () => db.changes(),
  };
}

async function startRuby(module: WebAssembly.Module) {
  const quiet = ConsoleStdout.lineBuffered(() => {});
  const root = new PreopenDirectory(
    "/",
    new Map([
      ["dev", directory({ null: "" })],
      ["tmp", directory({})],
    ]),
  );
  const workspace = new PreopenDirectory("/workspace", directory(PLAIN_APP).contents);
  const wasi = new WASI(
    [],
    ["RUBYOPT=-EUTF-8 -W0", "RAILS_ENV=development", "HOME=/workspace", "LANG=C.UTF-8"],
    [new OpenFile(new File([])), quiet, quiet, root, workspace],
    { debug: false },
  );
  const vm = new RubyVM();
  const imports = { wasi_snapshot_preview1: wasi.wasiImport };
  vm.addToImports(imports);
  const instance = await WebAssembly.instantiate(module, imports);
  await vm.setInstance(instance);
  wasi.initialize(instance as Parameters<WASI["initialize"]>[0]);
  vm.initialize(["ruby.wasm", "-EUTF-8", "-e_=0"]);
  return { vm, memory: instance.exports["memory"] as WebAssembly.Memory };
}

function directory(tree: PlainTree): Directory {
  const entries = Object.entries(tree).map(([name, content]): [string, File | Directory] => [
    name,
    typeof content === "string" ? new File(encoder.encode(content)) : directory(content),
  ]);
  return new Directory(new Map(entries));
}
