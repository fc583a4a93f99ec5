/** Boots a sandbox from what is kept; with fresh databases where that cannot be. */
import type { BootOptions, Sandbox } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { KeptSnapshot, SnapshotStore } from "./store.ts";

/** What became of the databases of the last visit. */
export type Restored =
  | { name: "fresh" }
  /** `keptAt`: machine's time in ms. */
  | { name: "restored"; keptAt: number }
  /** They were kept, but could not be used. */
  | { name: "lost"; reason: string };

/** Unfit files, and processes that cannot start on them, as when a migration fails on old rows. */
const MAY_BE_THE_DATABASES = new Set(["DatabaseError", "ProcessStartError"]);

interface Options {
  create(): Promise<Sandbox>;
  boot(sandbox: Sandbox, options: Pick<BootOptions, "snapshot">): Promise<void>;
  store: SnapshotStore;
  slug: string;
}

/** Resolves with the booted sandbox. A boot that fails for another reason than the databases rejects. */
export async function bootFromKept(options: Options): Promise<[Sandbox, Restored]> {
  const { create, boot, store, slug } = options;
  const kept = await load(store, slug);
  if (kept === null) return [await start(create, boot, {}), { name: "fresh" }];
  if (kept instanceof Error) {
    return [await start(create, boot, {}), { name: "lost", reason: sentence(kept) }];
  }
  try {
    const sandbox = await start(create, boot, { snapshot: kept.snapshot });
    return [sandbox, { name: "restored", keptAt: kept.keptAt }];
  } catch (error) {
    if (!(error instanceof Error && MAY_BE_THE_DATABASES.has(error.name))) throw error;
    // Where fresh ones do not help either, it was something else: the kept ones stay.
    const sandbox = await start(create, boot, {});
    await store.forget(slug).catch(() => undefined);
    return [sandbox, { name: "lost", reason: sentence(error) }];
  }
}

async function load(store: SnapshotStore, slug: string): Promise<KeptSnapshot | Error | null> {
  try {
    return await store.load(slug);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A sandbox boots once, so each attempt has one of its own. */
async function start(
  create: Options["create"],
  boot: Options["boot"],
  options: Pick<BootOptions, "snapshot">,
): Promise<Sandbox> {
  const sandbox = await create();
  try {
    await boot(sandbox, options);
    return sandbox;
  } catch (error) {
    await sandbox.dispose();
    throw error;
  }
}
