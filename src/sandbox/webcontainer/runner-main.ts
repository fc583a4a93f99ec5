/**
 * The program that runs in the container: `node runner/runner-main.mjs <folder of the boot image>`. Bundled
 * by scripts/lib/webcontainer-runner.ts with its two workers and SQLite's and photon's .wasm beside it.
 */
import { readFile } from "node:fs/promises";
import { readBootImage } from "../boot-image/read.ts";
import { LocalSandbox } from "../local/local-sandbox.ts";
import { createNodePlatform } from "../local/node.ts";
import type { PageMessage } from "./messages.ts";
import { Runner } from "./runner.ts";
import { RunnerShell } from "./runner-shell.ts";
import { APP_FOLDER } from "./shell.ts";
import { LineReader, toLines } from "./wire.ts";

const bundled = (name: string) => new URL(name, import.meta.url);

const platform = createNodePlatform({
  process: bundled("process-worker-node.mjs"),
  database: bundled("database-worker-node.mjs"),
  loadImageLibrary: async () => WebAssembly.compile(await readFile(bundled("photon.wasm"))),
});
const send = (message: unknown) => void process.stdout.write(toLines("runner", message));
const image = readBootImage(process.argv[2] ?? "boot");
const sandbox = new LocalSandbox(platform);
const shell = new RunnerShell(APP_FOLDER, sandbox.files, send);
const runner = new Runner(sandbox, image, shell, send);
const reader = new LineReader(
  "page",
  (message) => runner.receive(message as PageMessage),
  () => undefined,
);

// A terminal would collect lines and echo them.
if (process.stdin.isTTY) process.stdin.setRawMode(true);
process.stdin.setEncoding("latin1");
process.stdin.on("data", (text: string) => reader.push(text));
process.stdin.on("end", () => void runner.dispose().then(() => process.exit(0)));
send({ type: "hello", node: process.version });
