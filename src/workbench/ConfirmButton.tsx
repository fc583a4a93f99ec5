import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props {
  /** Asks: `Discard 4 jobs?` */
  question: string;
  /** What the second button says: `Discard`. */
  confirm: string;
  disabled?: boolean;
  label?: string;
  class?: string;
  onConfirm(): void;
  children: ComponentChildren;
}

/** A button for what cannot be undone: it asks in its own place first. Escape takes it back. */
export function ConfirmButton(props: Props) {
  const [asking, setAsking] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const answered = useRef(false);
  useEffect(() => {
    if (asking) yes.current?.focus();
    else if (answered.current) first.current?.focus();
    answered.current = false;
  }, [asking]);

  function answer(really: boolean) {
    answered.current = true;
    setAsking(false);
    if (really) props.onConfirm();
  }

  if (!asking) {
    return (
      <button
        ref={first}
        type="button"
        class={`wb-btn danger ${props.class ?? ""}`}
        aria-label={props.label}
        disabled={props.disabled}
        onClick={() => setAsking(true)}
      >
        {props.children}
      </button>
    );
  }
  return (
    <span
      class="wb-confirm"
      role="group"
      aria-label={props.question}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        answer(false);
      }}
    >
      <span>{props.question}</span>
      <button
        ref={yes}
        type="button"
        class={`wb-btn danger ${props.class ?? ""}`}
        onClick={() => answer(true)}
      >
        {props.confirm}
      </button>
      <button type="button" class={`wb-btn ${props.class ?? ""}`} onClick={() => answer(false)}>
        Keep
      </button>
    </span>
  );
}
