import { signal } from "@preact/signals";
import type { Session } from "./session.ts";

/** The page's session: what the islands in the text and the workbench have in common. */
export const currentSession = signal<Session | null>(null);
