import { signal, type ReadonlySignal } from "@preact/signals";
import { sentence } from "../sentence.ts";
import type { SharedCode } from "./codec.ts";

export type ReceivedState =
  { name: "none" } | { name: "code"; code: SharedCode } | { name: "unreadable"; message: string };

/** The code that the page's address carries. It is never run before the learner says so. */
export interface Received {
  state: ReadonlySignal<ReceivedState>;
  /** Reads the address. @param slug of this page's lesson: code for another is refused */
  read(slug: string): Promise<void>;
  /** Forgets the code, and takes it out of the address. */
  forget(): void;
}

export function createReceived(): Received {
  const state = signal<ReceivedState>({ name: "none" });
  return {
    state,
    async read(slug) {
      const { hash } = location;
      if (!hash.startsWith("#code=")) return;
      try {
        const { decodeShared } = await import("./codec.ts");
        const code = decodeShared(hash);
        state.value =
          code.slug === slug
            ? { name: "code", code }
            : { name: "unreadable", message: "The code in this link belongs to another lesson." };
      } catch (error) {
        state.value = { name: "unreadable", message: sentence(error) };
      }
    },
    forget() {
      state.value = { name: "none" };
      history.replaceState(history.state, "", location.pathname + location.search);
    },
  };
}
