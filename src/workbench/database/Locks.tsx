import type { DatabaseLock, LockParty, ProcessInfo } from "../../sandbox/sandbox.ts";
import { clockTime } from "../format.ts";

interface Props {
  locks: readonly DatabaseLock[];
  processes: readonly ProcessInfo[];
}

/** Who holds the lock to write of each database, and who waits for it. */
export function Locks({ locks, processes }: Props) {
  const name = ({ pid }: LockParty) => {
    const process = processes.find((candidate) => candidate.pid === pid);
    return pid === 0 ? "this page" : process ? `${process.name} (pid ${pid})` : `pid ${pid}`;
  };
  return (
    <p class="wb-db-locks" role="status">
      {locks.length === 0 ? (
        <span class="wb-quiet">Nobody holds a lock to write.</span>
      ) : (
        locks.map(({ database, holder, waiting }) => (
          <span key={database} data-waiting={waiting.length > 0}>
            <span aria-hidden="true">▮ </span>
            <b class="code">{database}</b>: {name(holder)} holds the lock to write since{" "}
            <span class="num">{clockTime(holder.since)}</span>
            {waiting.length > 0 && `; waiting: ${waiting.map(name).join(", ")}`}.{" "}
          </span>
        ))
      )}
    </p>
  );
}
