import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { isAbort, sentence } from "../sentence.ts";

export interface Action {
  running: boolean;
  /** Why the last run failed, as a sentence; null when it did not. */
  error: string | null;
  run(work: (signal: AbortSignal) => Promise<void> | void): Promise<void>;
  cancel(): void;
  /** Forgets the error: something else has been done since. */
  clear(): void;
}

/** Runs what the learner asked for, one at a time, and keeps its error beside the control. */
export function useAction(): Action {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const run = useCallback(async (work: (signal: AbortSignal) => Promise<void> | void) => {
    if (controller.current) return;
    const own = (controller.current = new AbortController());
    setRunning(true);
    setError(null);
    try {
      await work(own.signal);
    } catch (reason) {
      if (!isAbort(reason)) setError(sentence(reason));
    } finally {
      controller.current = null;
      setRunning(false);
    }
  }, []);

  const clear = useCallback(() => setError(null), []);

  return { running, error, run, cancel: () => controller.current?.abort(), clear };
}
