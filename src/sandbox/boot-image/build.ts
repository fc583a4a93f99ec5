/** Builds the boot image: boots Rails once and keeps the memory. Runs in Node. */
import { Fd } from "@bjorn3/browser_wasi_shim";
import { encodeMessage } from "../frame.ts";
import { APP_ROOT, FileSystem } from "../process/file-system.ts";
import { HostDevice } from "../process/host-device.ts";
import { Output } from "../process/output.ts";
import { VM, type SystemCalls } from "../process/vm.ts";
import type { FileTree, Versions } from "../sandbox.ts";
import { codeOnly, withMemoryLimit } from "./code-only.ts";

/** 512 MiB: a process starts with about 140. */
const MAXIMUM_PAGES = 8192;

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
  memory: Uint8Array;
  versions: Omit<Versions, "sqlite">;
}

/** @throws Error with what Ruby printed when the app does not boot */
export async function buildBootImage(inputs: BuildInputs): Promise<BuiltImage> {
  const output: string[] = [];
  const options = await buildOptions(inputs, output);
  const vm = await VM.boot(options);
  try {
    vm.evaluate('require "/sandbox/boot"');
    const versions = JSON.parse(vm.evaluate(VERSIONS)) as BuiltImage["versions"];
    vm.evaluate("GC.start");
    const code = codeOnly(inputs.railsWasm, { maximumPages: MAXIMUM_PAGES });
    return { code, memory: vm.image(), versions };
  } catch (error) {
    throw new Error([error instanceof Error ? error.message : String(error), ...output].join("\n"));
  }
}

const VERSIONS = `
require "json"
JSON.generate(ruby: RUBY_VERSION, rails: Rails.version, solidQueue: SolidQueue::VERSION)
`;

async function buildOptions(inputs: BuildInputs, output: string[]) {
  const system = deterministicSystem();
  const files = new FileSystem(() => system.nowNs());
  files.writeAll("sandbox", inputs.ruby);
  files.writeAll(APP_ROOT, inputs.baseApp);
  files.place("dev/host", new HostDevice(noHost));
  const lines = new Output(
    (batch) => output.push(...batch.map((line) => line.text)),
    () => 0,
  );
  return {
    module: await WebAssembly.compile(withMemoryLimit(inputs.railsWasm, { maximumPages: MAXIMUM_PAGES })),
    root: files.root,
    stdout: lines.stdout as Fd,
    stderr: lines.stderr as Fd,
    system,
  };
}

/** There is nobody to call while the image is built. */
const noHost = {
  pendingSignals: false,
  call: () => encodeMessage({ version: 0, paths: [], signals: [] }),
};

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
