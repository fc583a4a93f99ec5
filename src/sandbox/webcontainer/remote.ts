/** The parts of the interface, each a call to the runner or an answer from the mirror. */
import type { LocalFiles } from "../local/files.ts";
import type {
  DatabaseReader,
  SandboxClock,
  SandboxDatabase,
  SandboxFiles,
  SandboxProcesses,
  SandboxQueue,
} from "../sandbox.ts";
import type { QueueMethod } from "./answers.ts";
import type { Link } from "./link.ts";
import type { Mirror } from "./mirror.ts";

/** The page's copy is the one that counts: it outlives the container. */
export function remoteFiles(
  kept: LocalFiles,
  tell: (method: string, args: unknown[]) => void,
): SandboxFiles {
  return {
    list: () => kept.list(),
    read: (path) => kept.read(path),
    readText: (path) => kept.readText(path),
    write(path, content) {
      kept.write(path, content);
      tell("files.write", [path, content]);
    },
    delete(path) {
      kept.delete(path);
      tell("files.delete", [path]);
    },
    replace(files) {
      kept.replace(files);
      tell("files.replace", [files]);
    },
  };
}

export function remoteProcesses(link: Link, mirror: Mirror): SandboxProcesses {
  return {
    list: () => mirror.list(),
    start: (options) => link.call("processes.start", [options]),
    wait: (pid) => link.call("processes.wait", [pid]),
    signal(pid, signal) {
      mirror.signal(pid, signal);
      link.tell("processes.signal", [pid, signal]);
    },
    pullThePlug() {
      const ran = mirror.killAll();
      link.tell("processes.pullThePlug");
      return ran;
    },
  };
}

export function remoteDatabase(link: Link): SandboxDatabase {
  return {
    ...reader(link, "database", []),
    names: () => link.call("database.names"),
    at: (time) => reader(link, "database.at", [time]),
    knownSince: (database) => link.call("database.knownSince", [database]),
    execute: (...args) => link.call("database.execute", args),
    locks: () => link.call("database.locks"),
    export: () => link.call("database.export"),
    import: (databases) => link.call("database.import", [databases]),
  };
}

function reader(link: Link, prefix: string, before: unknown[]): DatabaseReader {
  return {
    tables: (...args) => link.call(`${prefix}.tables`, [...before, ...args]),
    schema: (...args) => link.call(`${prefix}.schema`, [...before, ...args]),
    query: (...args) => link.call(`${prefix}.query`, [...before, ...args]),
  };
}

export function remoteQueue(link: Link): SandboxQueue {
  const ask =
    <Name extends QueueMethod>(name: Name) =>
    (...args: Parameters<SandboxQueue[Name]>) =>
      link.call(`queue.${name}`, args) as ReturnType<SandboxQueue[Name]>;
  return {
    jobs: ask("jobs"),
    counts: ask("counts"),
    queues: ask("queues"),
    classNames: ask("classNames"),
    failures: ask("failures"),
    limits: ask("limits"),
    processes: ask("processes"),
    recurringTasks: ask("recurringTasks"),
    runTask: ask("runTask"),
    ended: ask("ended"),
    pause: ask("pause"),
    resume: ask("resume"),
    retry: ask("retry"),
    discard: ask("discard"),
    runNow: ask("runNow"),
  };
}

/** @param running throws SandboxError where the sandbox does not run */
export function remoteClock(mirror: Mirror, running: () => Link): SandboxClock {
  const setFrozen = (frozen: boolean) => {
    if (mirror.frozen() === frozen) return;
    running().tell(frozen ? "clock.freeze" : "clock.unfreeze");
    mirror.setFrozen(frozen);
  };
  return {
    now: () => mirror.now(),
    offset: () => mirror.offset(),
    advance: async (ms, signal) => running().call<void>("clock.advance", [ms], signal),
    nextDue: async () => running().call<number | null>("clock.nextDue"),
    frozen: () => mirror.frozen(),
    freeze: () => setFrozen(true),
    unfreeze: () => setFrozen(false),
  };
}
