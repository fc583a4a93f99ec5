import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "../sentence.ts";
import type { Workspace } from "./workspace.ts";

interface Props {
  workspace: Workspace;
  /** The file that gets another name; null when a new one is made. */
  renamed: string | null;
  /** What a new file's path begins with: empty, or ends in a slash. */
  folder: string;
  onDone(): void;
}

/** Asks for a path: Enter makes or renames the file, Escape leaves everything as it is. */
export function PathForm({ workspace, renamed, folder, onDone }: Props) {
  const [path, setPath] = useState(renamed ?? folder);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const label = renamed === null ? "Path of the new file" : `New path of ${renamed}`;

  useEffect(() => {
    const field = input.current;
    if (!field) return;
    field.focus();
    // The name without its ending is what most will replace.
    const from = path.lastIndexOf("/") + 1;
    const dot = path.indexOf(".", from);
    field.setSelectionRange(from, dot < 0 ? path.length : dot);
  }, []);

  function submit(event: Event) {
    event.preventDefault();
    try {
      const wanted = path.trim();
      if (renamed === null) workspace.create(wanted);
      else workspace.rename(renamed, wanted);
      onDone();
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <form class="wb-path-form" onSubmit={submit}>
      <input
        ref={input}
        class="wb-input code"
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby="wb-path-problem"
        value={path}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        onInput={(event) => {
          setPath(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onDone();
        }}
      />
      <div class="wb-actions">
        <button type="submit" class="wb-btn small">
          {renamed === null ? "Make" : "Rename"}
        </button>
        <button type="button" class="wb-btn small quiet" onClick={onDone}>
          Cancel
        </button>
      </div>
      <p id="wb-path-problem" class="wb-error" role="status">
        {problem}
      </p>
    </form>
  );
}
