/** A browser as the smoke test needs it, whichever way it is driven. */
export interface BrowserDriver {
  open(url: string): Promise<void>;
  /** The value of an expression in the page; it must fit in JSON. */
  read(expression: string): Promise<unknown>;
  /** Ends the browser and everything that was started for it. */
  close(): Promise<void>;
}

export interface BrowserKind {
  name: string;
  /** Why it cannot be used here, as a sentence; null when it can. */
  missing(): string | null;
  start(): Promise<BrowserDriver>;
}
