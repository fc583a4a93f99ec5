import type { DatabaseLock } from "../sandbox.ts";
import type { LockHolder } from "./clients.ts";
import { fileName } from "./paths.ts";

/** As `DatabaseLock`, with the path instead of the name in config/database.yml. */
export type PathLock = Omit<DatabaseLock, "database"> & { path: string };

/** @param waiters each with the file that it waits for, first come first */
export function listLocks(
  holders: readonly LockHolder[],
  waiters: readonly { pid: number; file: string; since: number }[],
): PathLock[] {
  // Somebody waits only while somebody else holds the lock.
  return holders.map(({ path, pid, since }) => ({
    path,
    holder: { pid, since },
    waiting: waiters
      .filter(({ file }) => file === fileName(path))
      .map((waiter) => ({ pid: waiter.pid, since: waiter.since })),
  }));
}
