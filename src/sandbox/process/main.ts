/** A process from its start message to its end: the same code in a Web Worker and in a worker_thread. */
import { SharedClock } from "../clock.ts";
import { ProcessControl } from "../control.ts";
import type { EventBody } from "../events.ts";
import type { PrepareMessage, ProcessMessage, StartMessage } from "../protocol.ts";
import { SyncClient, type ChannelPort } from "../sync-channel.ts";
import { APP_ROOT, FileSystem } from "./file-system.ts";
import { HostDevice } from "./host-device.ts";
import { ProcessHost, type LastWords } from "./host.ts";
import { createImageLibrary } from "./images.ts";
import { LineDevice } from "./line-device.ts";
import { Output } from "./output.ts";
import { VM, type VMExit } from "./vm.ts";

/** A VM as the boot image has it. Nothing in it has run, and nothing is known of its process. */
interface Prepared {
  vm: VM;
  files: FileSystem;
  output: Output;
  /** Where it lives: with a clock and control words of its own until it is given those of its process. */
  place: { clock: SharedClock; control: ProcessControl };
}

type Post = (message: ProcessMessage, transfer?: ArrayBuffer[]) => void;

/**
 * What a process's worker does with its messages: first `prepare`, then `start`, which blocks the worker until
 * the process ends.
 * @param post sends to the sandbox
 */
export function createProcess<Port extends ChannelPort>(
  post: Post,
): (message: PrepareMessage | StartMessage<Port>) => void {
  let prepared: Promise<Prepared> | null = null;
  return (message) => {
    if (message.type === "prepare") {
      prepared = prepare(message, post);
      prepared.catch(() => undefined); // told when it is to start
      return;
    }
    void run(message, prepared, post).catch((error: unknown) => {
      const crash = error instanceof Error ? error.message : String(error);
      post({ type: "exited", code: 1, signal: null, reason: null, error: null, crash });
    });
  };
}

async function prepare({ module, image }: PrepareMessage, post: Post): Promise<Prepared> {
  const place = { clock: new SharedClock(), control: new ProcessControl() };
  const output = new Output(
    (lines) => post({ type: "lines", lines }),
    () => place.clock.now(),
  );
  const files = new FileSystem(() => place.clock.nowNs());
  const vm = await VM.restore(
    {
      module,
      root: files.root,
      stdout: output.stdout,
      stderr: output.stderr,
      system: {
        nowNs: () => place.clock.nowNs(),
        fillRandom: (bytes) => crypto.getRandomValues(bytes),
        sleep: (ms) => place.control.sleepThrough(ms, place.clock),
      },
    },
    new Uint8Array(image),
  );
  return { vm, files, output, place };
}

async function run<Port extends ChannelPort>(
  start: StartMessage<Port>,
  prepared: Promise<Prepared> | null,
  post: Post,
): Promise<void> {
  if (!prepared) throw new Error("The worker was not prepared");
  const { vm, files, output, place } = await prepared;
  const clock = (place.clock = new SharedClock(start.clock));
  const control = (place.control = new ProcessControl(start.control));
  files.writeAll(APP_ROOT, start.files);
  const host = new ProcessHost({
    start,
    clock,
    control,
    files,
    images: createImageLibrary(start.imageLibrary),
    database: new SyncClient(start.database.port, start.database.buffer),
    kernel: new SyncClient(
      { postMessage: (request, transfer) => post({ type: "call", request }, transfer) },
      start.kernel,
    ),
    flush: () => output.flush(),
    emit: (event: EventBody) => post({ type: "event", time: clock.now(), event }),
    idle: () => post({ type: "idle" }),
    source: (index, path) => post({ type: "source", index, path }),
    reportMemory: (bytes) => post({ type: "memory", bytes }),
  });
  files.place("dev/host", new HostDevice(host));
  files.place("dev/line", new LineDevice(control));
  host.memoryBytes = () => vm.memoryBytes;
  host.reportMemory();
  const exit = vm.run("Sandbox::Program.run");
  output.flush();
  post({ type: "exited", ...describe(exit, host.exiting) });
}

function describe(exit: VMExit, said: LastWords | null) {
  const reason = exit.crash === null ? (said?.reason ?? unannounced(exit, said)) : null;
  const { signal = null, error = null } = said ?? {};
  return { code: exit.code, signal, reason, error, crash: exit.crash };
}

/** Ruby says why it ends, except when the code called `exit!`. */
function unannounced(exit: VMExit, said: unknown): string | null {
  return said === null ? `called exit!(${exit.code})` : null;
}
