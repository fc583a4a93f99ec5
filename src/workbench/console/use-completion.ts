import { useRef, useState } from "preact/hooks";
import type { Completion } from "../../sandbox/sandbox.ts";

/** The candidates on offer, and the one that Enter would take. */
export interface Offer extends Completion {
  chosen: number;
  /** Where the cursor stood. */
  at: number;
}

export interface CompletionControl {
  offer: Offer | null;
  /** Asks for what could follow; a single candidate is taken at once. */
  ask(code: string, at: number): Promise<void>;
  move(by: number): void;
  take(code: string, candidate?: string): void;
  close(): void;
}

/** The text with a candidate in the place of the word before the cursor. */
export function completed(code: string, at: number, length: number, candidate: string): string {
  return code.slice(0, at - length) + candidate + code.slice(at);
}

/**
 * @param complete asks the prompt's language
 * @param onTake gets the new text and the cursor's place in it
 */
export function useCompletion(
  complete: (code: string) => Promise<Completion>,
  onTake: (code: string, at: number) => void,
): CompletionControl {
  const [offer, setOffer] = useState<Offer | null>(null);
  const asked = useRef(0);

  function insert(code: string, { at, length }: Pick<Offer, "at" | "length">, candidate: string) {
    setOffer(null);
    onTake(completed(code, at, length, candidate), at - length + candidate.length);
  }

  return {
    offer,
    async ask(code, at) {
      const question = ++asked.current;
      const answer = await complete(code.slice(0, at)).catch(() => null);
      if (question !== asked.current || !answer) return;
      const [first, second] = answer.candidates;
      if (first !== undefined && second === undefined) insert(code, { ...answer, at }, first);
      else setOffer(first === undefined ? null : { ...answer, at, chosen: 0 });
    },
    move(by) {
      if (!offer) return;
      const { length } = offer.candidates;
      setOffer({ ...offer, chosen: (offer.chosen + by + length) % length });
    },
    take(code, candidate) {
      const name = candidate ?? offer?.candidates[offer.chosen];
      if (offer && name !== undefined) insert(code, offer, name);
    },
    close() {
      asked.current++;
      setOffer(null);
    },
  };
}
