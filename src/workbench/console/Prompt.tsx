import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Completion } from "../../sandbox/sandbox.ts";
import type { Language } from "./entries.ts";
import type { InputHistory } from "./history.ts";
import { Candidates } from "./Candidates.tsx";
import { isInterruptKey } from "./interrupt-key.ts";
import { useCompletion } from "./use-completion.ts";

interface Props {
  language: Language;
  history: InputHistory;
  /** An entry is under way, or the console is asked whether it is whole. */
  running: boolean;
  complete(code: string): Promise<Completion>;
  /** Null when the learner took the entry back meanwhile. */
  isWhole(code: string): Promise<boolean | null>;
  onEnter(code: string): void;
  onInterrupt(): void;
}

const LABELS: Record<Language, string> = {
  ruby:
    "Ruby for the Rails console. Enter runs it once it is whole, Shift+Enter makes a new line, " +
    "Tab completes a name, Escape then Tab leaves.",
  shell: "Shell command. Enter runs it, help lists what there is.",
};
const MOST_ROWS = 12;

/** A line that grows with what is typed into it. */
export function Prompt(props: Props) {
  const { language, history, running } = props;
  const [code, setCode] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const cursor = useRef<number | null>(null);
  /** Escape gives Tab back to the page, until something is typed. */
  const leaves = useRef(false);
  const completion = useCompletion(props.complete, (text, at) => {
    cursor.current = at;
    setCode(text);
  });
  useLayoutEffect(() => {
    if (cursor.current !== null) input.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  });

  async function enter() {
    if (code.trim() === "" || running) return;
    const whole = await props.isWhole(code).catch(() => true);
    if (whole === null) return;
    if (!whole) return setCode(`${code}\n`);
    history.add(code);
    setCode("");
    props.onEnter(code);
  }

  function walk(text: string) {
    cursor.current = text.length;
    setCode(text);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (onOfferKey(event) || onPromptKey(event)) event.preventDefault();
  }

  /** Keys that belong to the list of candidates while it is open. */
  function onOfferKey({ key }: KeyboardEvent): boolean {
    if (!completion.offer) return false;
    if (key === "ArrowDown") completion.move(1);
    else if (key === "ArrowUp") completion.move(-1);
    else if (key === "Enter" || key === "Tab") completion.take(code);
    else if (key === "Escape") completion.close();
    else return false;
    return true;
  }

  function onPromptKey(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    const field = input.current;
    if (key === "Enter" && !shiftKey) void enter();
    else if (isInterruptKey(event, field)) {
      if (running) props.onInterrupt();
      else setCode("");
    } else if (key === "Escape") leaves.current = true;
    else if (key === "Tab" && !shiftKey && canComplete(field)) {
      void completion.ask(code, field?.selectionStart ?? code.length);
    } else if (key === "ArrowUp" && onEdge(field, "first")) walk(history.previous(code));
    else if (key === "ArrowDown" && onEdge(field, "last")) walk(history.next());
    else return false;
    return true;
  }

  /** In an entry of several lines the arrows move the cursor, and walk on from its first and last line. */
  function onEdge(field: HTMLTextAreaElement | null, line: "first" | "last"): boolean {
    const at = field?.selectionStart ?? 0;
    return !(line === "first" ? code.slice(0, at) : code.slice(at)).includes("\n");
  }

  function canComplete(field: HTMLTextAreaElement | null): boolean {
    const before = code.slice(0, field?.selectionStart ?? 0);
    return !leaves.current && !running && /[\w.:@"']$/.test(before);
  }

  const { offer } = completion;
  return (
    <div class="wb-prompt-field">
      {offer && <Candidates offer={offer} onTake={(name) => completion.take(code, name)} />}
      <label class="sr-only" for="wb-console-input">
        {LABELS[language]}
      </label>
      <textarea
        ref={input}
        id="wb-console-input"
        class="wb-input code"
        rows={Math.min(MOST_ROWS, code.split("\n").length)}
        value={code}
        placeholder={language === "ruby" ? "Photo.count" : "help"}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        aria-autocomplete="list"
        aria-controls={offer ? "wb-candidates" : undefined}
        aria-activedescendant={offer ? `wb-candidate-${offer.chosen}` : undefined}
        onInput={(event) => {
          leaves.current = false;
          completion.close();
          setCode(event.currentTarget.value);
        }}
        onBlur={completion.close}
        onKeyDown={onKeyDown}
      />
      {running ? (
        <button type="button" class="wb-btn" onClick={props.onInterrupt}>
          Interrupt
        </button>
      ) : (
        <button type="button" class="wb-btn" onClick={() => void enter()}>
          Run
        </button>
      )}
    </div>
  );
}
