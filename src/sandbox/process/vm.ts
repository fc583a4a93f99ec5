/** One Ruby VM: an instance of the Rails wasm, booted from scratch or restored from a memory image. */
import {
  OpenFile,
  File,
  WASI,
  WASIProcExit,
  type Fd,
  type PreopenDirectory,
} from "@bjorn3/browser_wasi_shim";
import { RubyVM } from "@ruby/wasm-wasi";
import { unpackedBytes, unpackMemory } from "../boot-image/packed-memory.ts";

const PAGE_BYTES = 65536;

type Exports = WebAssembly.Exports & { memory: WebAssembly.Memory };

export interface VMOptions {
  module: WebAssembly.Module;
  /** Must be the same names in the same order in every VM: open files are numbers in Ruby's memory. */
  root: PreopenDirectory;
  stdout: Fd;
  stderr: Fd;
  system: SystemCalls;
  env?: Record<string, string>;
}

/** What a VM asks of the machine, so that time, chance and sleep are the sandbox's. */
export interface SystemCalls {
  /** Nanoseconds since the Unix epoch. Serves the monotonic clock as well: it never goes back. */
  nowNs(): bigint;
  fillRandom(bytes: Uint8Array<ArrayBuffer>): void;
  /** Blocks. */
  sleep(ms: number): void;
}

/** How a VM ended. `crash` is set when WebAssembly trapped: no Ruby code ran after that. */
export interface VMExit {
  code: number;
  crash: string | null;
}

export class VM {
  readonly #ruby: RubyVM;
  readonly #exports: Exports;

  private constructor(ruby: RubyVM, exports: Exports) {
    this.#ruby = ruby;
    this.#exports = exports;
  }

  /** Starts Ruby itself, without any library. */
  static async boot(options: VMOptions): Promise<VM> {
    const { ruby, wasi, instance } = await instantiate(options);
    wasi.initialize(instance as Parameters<WASI["initialize"]>[0]);
    ruby.initialize(["ruby.wasm", "-EUTF-8", "-e_=0"]);
    return new VM(ruby, instance.exports as Exports);
  }

  /**
   * Continues where the image was taken. `_initialize` must not run again.
   * @param image as `packMemory` packs it
   */
  static async restore(options: VMOptions, image: Uint8Array): Promise<VM> {
    const { ruby, wasi, instance } = await instantiate(options);
    (wasi as { inst: unknown }).inst = instance;
    const exports = instance.exports as Exports;
    const { memory } = exports;
    const missing = unpackedBytes(image) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(missing / PAGE_BYTES);
    unpackMemory(image, new Uint8Array(memory.buffer));
    return new VM(ruby, exports);
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** The linear memory as it is now; it moves when it grows. */
  get memory(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer as ArrayBuffer);
  }

  /** A function of the module that takes an address. */
  exported(name: string): (address: number) => void {
    return this.#exports[name] as (address: number) => void;
  }

  /** @throws RbError when Ruby raised, WASIProcExit when it exited, others when it trapped */
  evaluate(code: string): string {
    return this.#ruby.eval(code).toString();
  }

  /** Runs `code` until the program exits, and says how. */
  run(code: string): VMExit {
    try {
      this.#ruby.eval(code);
      return { code: 0, crash: null };
    } catch (error) {
      if (error instanceof WASIProcExit) return { code: error.code, crash: null };
      return { code: 134, crash: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function instantiate(options: VMOptions) {
  const stdin = new OpenFile(new File([]));
  const env = Object.entries({
    HOME: "/workspace",
    LANG: "C.UTF-8",
    RUBYOPT: "-EUTF-8 -W0",
    ...options.env,
  });
  const wasi = new WASI(
    [],
    env.map(([name, value]) => `${name}=${value}`),
    [stdin, options.stdout, options.stderr, options.root],
    { debug: false },
  );
  const ruby = new RubyVM();
  const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport } };
  replaceSystemCalls(imports.wasi_snapshot_preview1, wasi, options.system);
  ruby.addToImports(imports);
  const instance = await WebAssembly.instantiate(options.module, imports);
  await ruby.setInstance(instance);
  silenceBugReport(ruby);
  return { ruby, wasi, instance };
}

/** RubyVM prints Ruby's bug report, hundreds of lines, at every trap and every exit. `VMExit` says why instead. */
function silenceBugReport(ruby: RubyVM): void {
  (ruby as unknown as { guest: { rbVmBugreport(): void } }).guest.rbVmBugreport = () => {};
}

function replaceSystemCalls(
  imports: Record<string, unknown>,
  wasi: WASI,
  system: SystemCalls,
): void {
  const memory = () => wasi.inst.exports.memory.buffer as ArrayBuffer;

  imports["clock_time_get"] = (_clock: number, _precision: bigint, pointer: number) => {
    new DataView(memory()).setBigUint64(pointer, system.nowNs(), true);
    return 0;
  };
  imports["clock_res_get"] = (_clock: number, pointer: number) => {
    new DataView(memory()).setBigUint64(pointer, 1000n, true);
    return 0;
  };
  imports["random_get"] = (pointer: number, length: number) => {
    system.fillRandom(new Uint8Array(memory(), pointer, length));
    return 0;
  };
  imports["poll_oneoff"] = (input: number, output: number, count: number, written: number) =>
    pollOnce(new DataView(memory()), { input, output, count, written }, system);
}

const CLOCK_EVENT = 0;
const ABSOLUTE_TIME = 1;

/**
 * Serves both sleeping (a clock subscription) and waiting for files, which are always ready.
 * Layout of subscriptions (48 bytes) and events (32 bytes): WASI preview 1, `poll_oneoff`.
 */
function pollOnce(
  view: DataView,
  call: { input: number; output: number; count: number; written: number },
  system: SystemCalls,
): number {
  const all = Array.from({ length: call.count }, (_, index) => call.input + index * 48);
  const files = all.filter((at) => view.getUint8(at + 8) !== CLOCK_EVENT);
  const ready = files.length > 0 ? files : all.slice(0, 1);
  if (files.length === 0 && all.length > 0) system.sleep(timeoutMs(view, all[0] as number, system));
  ready.forEach((at, index) => {
    const event = call.output + index * 32;
    view.setBigUint64(event, view.getBigUint64(at, true), true);
    view.setUint16(event + 8, 0, true);
    view.setUint8(event + 10, view.getUint8(at + 8));
    view.setBigUint64(event + 16, 1n, true);
    view.setUint16(event + 24, 0, true);
  });
  view.setUint32(call.written, ready.length, true);
  return 0;
}

function timeoutMs(view: DataView, subscription: number, system: SystemCalls): number {
  const timeout = view.getBigUint64(subscription + 24, true);
  const absolute = (view.getUint16(subscription + 40, true) & ABSOLUTE_TIME) !== 0;
  const remaining = absolute ? timeout - system.nowNs() : timeout;
  return remaining > 0n ? Number(remaining) / 1e6 : 0;
}
