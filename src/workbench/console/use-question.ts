import { useRef, useState } from "preact/hooks";

/** One question at a time, which the learner need not wait for. */
export interface Question {
  asking: boolean;
  /** The answer, or null when it was withdrawn before it came. */
  ask(answer: Promise<boolean>): Promise<boolean | null>;
  withdraw(): void;
}

/** The console's first question starts its process, which takes seconds: Ctrl+C acts meanwhile too. */
export function useQuestion(): Question {
  const [asking, setAsking] = useState(false);
  const withdrawal = useRef<(() => void) | null>(null);
  return {
    asking,
    async ask(answer) {
      const withdrawn = Promise.withResolvers<null>();
      withdrawal.current = () => withdrawn.resolve(null);
      setAsking(true);
      try {
        return await Promise.race([answer, withdrawn.promise]);
      } finally {
        withdrawal.current = null;
        setAsking(false);
      }
    },
    withdraw: () => withdrawal.current?.(),
  };
}
