import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { isRecord, readJson, type TextStorage } from "../../course/storage.ts";

/** The files that have a tab, and the one that is seen: kept for each lesson. */
export interface OpenFiles {
  paths: ReadonlySignal<readonly string[]>;
  active: ReadonlySignal<string>;
  open(path: string): void;
  /** Takes the tab away; the last one stays. */
  close(path: string): void;
  renamed(path: string, to: string): void;
  /** The file is no more; where it had the only tab, another file gets one. */
  gone(path: string, instead: string | undefined): void;
}

interface Options {
  storage: TextStorage;
  slug: string;
  /** Tabs of a first visit. */
  focus: readonly string[];
  /** The tab that is seen at a first visit. */
  first: string;
  exists(path: string): boolean;
}

const VERSION = 1;
const key = (slug: string) => `perform-later:open-files:${slug}`;

export function createOpenFiles({ storage, slug, focus, first, exists }: Options): OpenFiles {
  const stored = load(storage, slug);
  const known = (stored?.paths ?? []).filter(exists);
  const paths = signal<readonly string[]>(known.length > 0 ? known : focus);
  const kept = stored?.active ?? "";
  const active = signal(paths.value.includes(kept) ? kept : first);
  if (!paths.value.includes(active.value)) active.value = paths.value[0] ?? first;

  function change(next: readonly string[], nowActive: string) {
    paths.value = next;
    active.value = nowActive;
    try {
      storage.setItem(
        key(slug),
        JSON.stringify({ version: VERSION, paths: next, active: nowActive }),
      );
    } catch {
      // Full or closed storage: the next visit opens the lesson's own files.
    }
  }

  function close(path: string) {
    const at = paths.value.indexOf(path);
    if (at < 0 || paths.value.length === 1) return;
    const next = paths.value.filter((other) => other !== path);
    const neighbour = next[Math.min(at, next.length - 1)] ?? "";
    change(next, active.value === path ? neighbour : active.value);
  }

  return {
    paths: computed(() => paths.value),
    active: computed(() => active.value),
    open(path) {
      if (!exists(path)) return;
      const next = paths.value.includes(path) ? paths.value : [...paths.value, path];
      change(next, path);
    },
    close,
    renamed(path, to) {
      const next = paths.value.map((other) => (other === path ? to : other));
      change(next, active.value === path ? to : active.value);
    },
    gone(path, instead) {
      const isOnly = paths.value.length === 1 && paths.value[0] === path;
      if (!isOnly) close(path);
      else if (instead !== undefined) change([instead], instead);
    },
  };
}

function load(storage: TextStorage, slug: string): { paths: string[]; active: string } | null {
  const stored = readJson(storage, key(slug));
  if (!isRecord(stored) || stored["version"] !== VERSION) return null;
  const { paths, active } = stored;
  if (!Array.isArray(paths) || typeof active !== "string") return null;
  return { paths: paths.filter((path) => typeof path === "string"), active };
}
