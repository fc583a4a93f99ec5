import type { RubyLanguage } from "./prism.ts";
import type { SyntaxProblem } from "./problems.ts";
import type { SyntaxQuestion } from "./worker.ts";

/** Asks Ruby's parser, in a worker of its own. */
export interface SyntaxChecker {
  /** Null when the parser cannot be had. */
  check(source: string, language: RubyLanguage): Promise<SyntaxProblem[] | null>;
  dispose(): void;
}

interface Answer {
  id: number;
  problems: SyntaxProblem[] | null;
}

export function createSyntaxChecker(worker: Worker): SyntaxChecker {
  const waiting = new Map<number, (problems: SyntaxProblem[] | null) => void>();
  let newest = 0;

  function answerAll(problems: null) {
    for (const answer of waiting.values()) answer(problems);
    waiting.clear();
  }
  worker.addEventListener("message", (event: MessageEvent<Answer>) => {
    const { id, problems } = event.data;
    waiting.get(id)?.(problems);
    waiting.delete(id);
  });
  worker.addEventListener("error", () => answerAll(null));

  return {
    check(source, language) {
      const id = ++newest;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        worker.postMessage({ id, source, language } satisfies SyntaxQuestion);
      });
    },
    dispose() {
      worker.terminate();
      answerAll(null);
    },
  };
}
