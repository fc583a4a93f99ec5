import { useEffect, useRef } from "preact/hooks";
import { count } from "../format.ts";
import type { Offer } from "./use-completion.ts";

interface Props {
  offer: Offer;
  onTake(candidate: string): void;
}

/** What the word at the cursor could be. The keys are the prompt's; a pointer can take one too. */
export function Candidates({ offer, onTake }: Props) {
  const { candidates, chosen } = offer;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      <ul
        ref={list}
        id="wb-candidates"
        class="wb-candidates"
        role="listbox"
        aria-label="Completions"
      >
        {candidates.map((name, index) => (
          <li
            key={name}
            id={`wb-candidate-${index}`}
            role="option"
            aria-selected={index === chosen}
            // Before the prompt loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              onTake(name);
            }}
          >
            {name}
          </li>
        ))}
      </ul>
      <span class="sr-only" role="status">
        {count(candidates.length, "completion")}: {candidates[chosen]}
      </span>
    </>
  );
}
