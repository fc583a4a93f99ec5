import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import "./console.css";
import { withEntry, type Entry, type Language } from "./entries.ts";
import { EntryView } from "./EntryView.tsx";
import { createInputHistory } from "./history.ts";
import { Prompt } from "./Prompt.tsx";

const NOTHING = { candidates: [], length: 0 };

/** A Rails console in a process of its own, and a prompt for a few shell commands. */
export function ConsolePanel({ bench }: { bench: Bench }) {
  const { sandbox, storage, lesson } = bench;
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [language, setLanguage] = useState<Language>("ruby");
  const lastId = useRef(0);
  const action = useAction();
  const end = useRef<HTMLDivElement>(null);
  const histories = useMemo(() => {
    const of = (name: Language) =>
      createInputHistory({ storage, key: `perform-later:${name}-history:${lesson.slug}` });
    return { ruby: of("ruby"), shell: of("shell") };
  }, [storage, lesson.slug]);
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [entries]);

  function enter(code: string) {
    if (language === "shell" && code.trim() === "clear") return setEntries([]);
    const entry: Entry = { id: ++lastId.current, code, language, evaluation: null, shell: null };
    void action.run(async (signal) => {
      setEntries((all) => withEntry(all, entry));
      try {
        if (language === "ruby") entry.evaluation = await sandbox.evaluate(code, signal);
        else {
          const { runShellLine } = await import("../shell/shell.ts");
          entry.shell = await runShellLine(code, sandbox, signal);
        }
        setEntries((all) => withEntry(all, { ...entry }));
      } finally {
        bench.queue.refresh();
      }
    });
  }

  return (
    <div class="wb-console">
      <div class="wb-scroll" role="log" aria-label="Console output" tabIndex={0}>
        {entries.map((entry) => (
          <EntryView key={entry.id} entry={entry} onShow={bench.showInEditor} />
        ))}
        <div ref={end} />
      </div>
      {action.error && (
        <p class="wb-error" role="status">
          {action.error}
        </p>
      )}
      <div class="wb-row">
        <select
          class="wb-select"
          aria-label="Language of the prompt"
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        >
          <option value="ruby">Ruby</option>
          <option value="shell">Shell</option>
        </select>
        <Prompt
          key={language}
          language={language}
          history={histories[language]}
          running={action.running}
          complete={(code) =>
            language === "ruby" ? sandbox.console.complete(code) : Promise.resolve(NOTHING)
          }
          isWhole={(code) =>
            language === "ruby" ? sandbox.console.isWhole(code) : Promise.resolve(true)
          }
          onEnter={enter}
          onInterrupt={action.cancel}
        />
      </div>
    </div>
  );
}
