import { useEffect, useRef, useState } from "preact/hooks";
import type { Evaluation } from "../../sandbox/sandbox.ts";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { createInputHistory } from "./history.ts";
import { RubyErrorView } from "./RubyErrorView.tsx";
import "./console.css";

interface Entry {
  code: string;
  answer: Evaluation | null;
}

const KEPT_ENTRIES = 200;

/** A Rails console in a process of its own. */
export function ConsolePanel({ bench }: { bench: Bench }) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [code, setCode] = useState("");
  const history = useRef(createInputHistory());
  const action = useAction();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [entries]);

  function enter() {
    if (code.trim() === "" || action.running) return;
    history.current.add(code);
    setCode("");
    void action.run(async (signal) => {
      setEntries((all) => [...all.slice(1 - KEPT_ENTRIES), { code, answer: null }]);
      try {
        const answer = await bench.sandbox.evaluate(code, signal);
        setEntries((all) => [...all.slice(0, -1), { code, answer }]);
      } finally {
        bench.queue.refresh();
      }
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      enter();
    } else if (event.key === "c" && event.ctrlKey && action.running) {
      event.preventDefault();
      action.cancel();
    } else if (event.key === "ArrowUp" && !code.includes("\n")) {
      event.preventDefault();
      setCode(history.current.previous(code));
    } else if (event.key === "ArrowDown" && !code.includes("\n")) {
      event.preventDefault();
      setCode(history.current.next());
    }
  }

  return (
    <div class="wb-console">
      <div class="wb-scroll" role="log" aria-label="Console output" tabIndex={0}>
        {entries.map((entry, index) => (
          <div key={index} class="wb-entry">
            <pre class="wb-prompt">{entry.code}</pre>
            {entry.answer?.output && <pre>{entry.answer.output}</pre>}
            {entry.answer?.result && <pre class="wb-result">=&gt; {entry.answer.result}</pre>}
            {entry.answer?.error && (
              <RubyErrorView error={entry.answer.error} onShow={bench.showInEditor} />
            )}
          </div>
        ))}
        <div ref={end} />
      </div>
      {action.error && (
        <p class="wb-error" role="status">
          {action.error}
        </p>
      )}
      <div class="wb-row">
        <label class="sr-only" for="wb-console-input">
          Ruby for the Rails console. Enter runs it, Shift+Enter makes a new line.
        </label>
        <textarea
          id="wb-console-input"
          class="wb-input code"
          rows={code.split("\n").length}
          value={code}
          placeholder="Photo.count"
          spellcheck={false}
          autocapitalize="off"
          onInput={(event) => setCode(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {action.running ? (
          <button type="button" class="wb-btn" onClick={action.cancel}>
            Interrupt
          </button>
        ) : (
          <button type="button" class="wb-btn" onClick={enter}>
            Run
          </button>
        )}
      </div>
    </div>
  );
}
