import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./palette.css";

interface Props {
  label: string;
  class?: string;
  onClose(): void;
  children: ComponentChildren;
}

/** A modal dialog of the browser's own: it keeps the focus, and gives it back when it closes. */
export function Dialog({ label, class: name = "", onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={`wb-dialog ${name}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // A press beside the dialog hits the element itself.
        if (event.target === element.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
