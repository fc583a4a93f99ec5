/** Builds the boot image: boots Rails once and keeps the memory. Runs in Node. */
import { Inode } from "@bjorn3/browser_wasi_shim";
import { DatabaseServer } from "../database/server.ts";
import { encodeMessage } from "../frame.ts";
import { APP_ROOT, FileSystem } from "../process/file-system.ts";
import { DESTINATION, HostDevice, type HostCalls } from "../process/host-device.ts";
import { Output } from "../process/output.ts";
import { VM, type SystemCalls } from "../process/vm.ts";
import type { FileTree, Versions } from "../sandbox.ts";
import { zeroFreeChunks } from "./allocator.ts";
import { buildModule, codeOnly } from "./code-only.ts";
import { withFiberRoots } from "./fiber-roots.ts";
import { withMendedJumps } from "./longjmp.ts";
import { zeroNodeIds } from "./node-ids.ts";
import { packMemory } from "./packed-memory.ts";
import { isUnread, parsePaths } from "./packed-files.ts";
import { withRoomToScan } from "./scan-buffer.ts";
import { withLocalSetjmp } from "./setjmp.ts";
import { withSmallMappings } from "./small-mappings.ts";
import { zeroLegacyTranscoders } from "./transcoders.ts";
import { dropContents, type UnreadFile } from "./unread-files.ts";

/** 512 MiB: a process starts with less than 100. */
const MAXIMUM_PAGES = 8192;
/** C's data and heap lie above. */
const STACK_BYTES = 16 * 1024 * 1024;

export interface BuildInputs {
  /** The Rails wasm as npm has it. */
  railsWasm: Uint8Array;
  /** src/sandbox/ruby */
  ruby: FileTree;
  /** src/sandbox/base-app */
  baseApp: FileTree;
}

export interface BuiltImage {
  code: Uint8Array<ArrayBuffer>;
  /** As `packMemory` packs it. */
  memory: Uint8Array<ArrayBuffer>;
  versions: Omit<Versions, "sqlite">;
}

/** What the Rails wasm needs to serve us, in its code. */
function mended(railsWasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const jumping = withLocalSetjmp(withMendedJumps(railsWasm));
  return withSmallMappings(withRoomToScan(withFiberRoots(jumping)));
}

/** @throws Error with what Ruby printed when the app does not boot */
export async function buildBootImage(inputs: BuildInputs): Promise<BuiltImage> {
  countFilesFromOne();
  const rails = mended(inputs.railsWasm);
  const limits = { maximumPages: MAXIMUM_PAGES };
  const module = await WebAssembly.compile(buildModule(rails, { ...limits, exports: ["free"] }));
  const host = await buildersHost();
  const recording = await bootRails(module, inputs, {}, "record", host);
  const unread = unreadFiles(recording);
  const compiled = recording.files.tree("compiled");
  const { vm } = await bootRails(module, inputs, compiled, "replay", host, (started) =>
    dropContents(() => started.memory, started.exported("free"), unread),
  );
  const versions = JSON.parse(vm.evaluate(VERSIONS)) as BuiltImage["versions"];
  vm.evaluate('Sandbox::CompiledCode.stop; require "sandbox/free_slots"; Sandbox::FreeSlots.blank');
  const memory = vm.memory.slice();
  zeroFreeChunks(memory, STACK_BYTES);
  zeroLegacyTranscoders(memory, STACK_BYTES);
  zeroNodeIds(memory, STACK_BYTES);
  return { code: codeOnly(rails, limits), memory: packMemory(memory), versions };
}

/** The shim numbers files on and on, and C's memory keeps some numbers: a second build here shall have the same. */
function countFilesFromOne(): void {
  (Inode as unknown as { next_ino: bigint }).next_ino = 1n;
}

const VERSIONS = `
require "json"
JSON.generate(ruby: RUBY_VERSION, rails: Rails.version, solidQueue: SolidQueue::VERSION)
`;

function unreadFiles({ vm, files }: Booted): UnreadFile[] {
  const loaded = parsePaths(
    vm.evaluate('require "sandbox/packed_files"; Sandbox::PackedFiles.copy.join("\\n")'),
  );
  const packed = Object.entries(files.tree("packed"));
  const twins = Map.groupBy(packed, ([, content]) => Buffer.from(content).toString("latin1"));
  // Files are found by their content: of equal ones it is not known which is which.
  return [...twins.values()].flatMap((equal) => {
    const paths = equal.map(([path]) => `/${path}`);
    if (!paths.every((path) => isUnread(path, loaded))) return [];
    const known = paths.every((path) => loaded.has(path));
    return equal.map(([path, content]) => ({ path: `/${path}`, content, loaded: known }));
  });
}

interface Booted {
  vm: VM;
  files: FileSystem;
}

/**
 * @param code what `CompiledCode` does: keep the compiled code of what is loaded, or load that
 * @param prepare is given the VM before it has loaded anything
 */
async function bootRails(
  module: WebAssembly.Module,
  inputs: BuildInputs,
  compiled: FileTree,
  code: "record" | "replay",
  host: HostCalls,
  prepare: (vm: VM) => void = () => {},
): Promise<Booted> {
  const output: string[] = [];
  const system = deterministicSystem();
  const files = new FileSystem(() => system.nowNs());
  files.writeAll("sandbox", inputs.ruby);
  files.writeAll("compiled", compiled);
  files.writeAll(APP_ROOT, inputs.baseApp);
  files.place("dev/host", new HostDevice(host));
  const lines = new Output(
    (batch) => output.push(...batch.map((line) => line.text)),
    () => 0,
  );
  const vm = await VM.boot({
    module,
    root: files.root,
    stdout: lines.stdout,
    stderr: lines.stderr,
    system,
  });
  prepare(vm);
  try {
    vm.evaluate(`require "/sandbox/sandbox/compiled_code"; Sandbox::CompiledCode.${code}`);
    vm.evaluate('require "/sandbox/boot"');
    if (code === "record") vm.evaluate("Sandbox::WarmUp.prepare_databases");
    vm.evaluate("Sandbox::WarmUp.run");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error([message, ...output].join("\n"), { cause: error });
  }
  return { vm, files };
}

/** Databases to warm up with (src/sandbox/ruby/sandbox/warm_up.rb); else nobody to call. Both runs have the same. */
async function buildersHost(): Promise<HostCalls> {
  const databases = await DatabaseServer.create({ now: () => 1_750_000_000_000 });
  const pid = 1;
  databases.connect(pid);
  const nothing = encodeMessage({ version: 0, paths: [], signals: [] });
  return {
    pendingSignals: false,
    call: (destination, frame) =>
      destination === DESTINATION.database ? databases.handleBytes(pid, frame) : nothing,
  };
}

/** The same clock and the same random numbers at every build, so that the same inputs give the same bytes. */
function deterministicSystem(): SystemCalls {
  let ticks = 0n;
  let state = 0x9e3779b9;
  return {
    nowNs: () => 1_750_000_000_000_000_000n + (ticks += 1000n),
    fillRandom: (bytes) => {
      for (let index = 0; index < bytes.length; index += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        bytes[index] = state >>> 24;
      }
    },
    sleep: () => {},
  };
}
