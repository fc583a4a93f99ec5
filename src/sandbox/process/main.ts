/** A process from its start message to its end: the same code in a Web Worker and in a worker_thread. */
import { SharedClock } from "../clock.ts";
import { ProcessControl } from "../control.ts";
import type { EventBody } from "../events.ts";
import type { ProcessMessage, StartMessage } from "../protocol.ts";
import { SyncClient, type ChannelPort } from "../sync-channel.ts";
import { APP_ROOT, FileSystem } from "./file-system.ts";
import { HostDevice } from "./host-device.ts";
import { ProcessHost, type LastWords } from "./host.ts";
import { createImageLibrary } from "./images.ts";
import { LineDevice } from "./line-device.ts";
import { Output } from "./output.ts";
import { VM, type VMExit } from "./vm.ts";

/** Starts the process and blocks the worker until it ends. @param post sends to the sandbox, without waiting */
export async function runProcess<Port extends ChannelPort>(
  start: StartMessage<Port>,
  post: (message: ProcessMessage) => void,
): Promise<void> {
  const clock = new SharedClock(start.clock);
  const control = new ProcessControl(start.control);
  const output = new Output(
    (lines) => post({ type: "lines", lines }),
    () => clock.now(),
  );
  const files = new FileSystem(() => clock.nowNs());
  files.writeAll(APP_ROOT, start.files);
  const images = createImageLibrary(start.imageLibrary);
  const host = new ProcessHost({
    start,
    clock,
    control,
    files,
    images,
    database: new SyncClient(start.database.port, start.database.buffer),
    kernel: new SyncClient(start.kernel.port, start.kernel.buffer),
    flush: () => output.flush(),
    emit: (event: EventBody) => post({ type: "event", time: clock.now(), event }),
    idle: () => post({ type: "idle" }),
    source: (index, path) => post({ type: "source", index, path }),
    reportMemory: (bytes) => post({ type: "memory", bytes }),
  });
  files.place("dev/host", new HostDevice(host));
  files.place("dev/line", new LineDevice(control));

  const vm = await VM.restore(
    {
      module: start.module,
      root: files.root,
      stdout: output.stdout,
      stderr: output.stderr,
      system: {
        nowNs: () => clock.nowNs(),
        fillRandom: (bytes) => crypto.getRandomValues(bytes),
        sleep: (ms) => control.sleepThrough(ms, clock),
      },
    },
    new Uint8Array(start.image),
  );
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
