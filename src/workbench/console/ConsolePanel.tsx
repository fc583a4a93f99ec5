import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import "./console.css";
import { withEntry, type Entry, type Language } from "./entries.ts";
import { EntryView } from "./EntryView.tsx";
import { LanguageSelect } from "./LanguageSelect.tsx";
import { createInputHistory } from "./history.ts";
import { isInterruptKey } from "./interrupt-key.ts";
import { Prompt } from "./Prompt.tsx";
import { TerminalView } from "../terminal/TerminalView.tsx";
import { useQuestion } from "./use-question.ts";

const NOTHING = { candidates: [], length: 0 };

/** A Rails console in a process of its own, and a prompt for a few shell commands. */
export function ConsolePanel({ bench }: { bench: Bench }) {
  const { sandbox, storage, lesson } = bench;
  const { shell } = sandbox;
  const why = sandbox.capabilities.shell;
  /** The terminal stays, once it was shown: its shell goes on while the Ruby prompt is looked at. */
  const [opened, setOpened] = useState(false);
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [language, setLanguage] = useState<Language>("ruby");
  const lastId = useRef(0);
  const action = useAction();
  const question = useQuestion();
  const running = action.running || question.asking;
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

  function interrupt() {
    question.withdraw();
    action.cancel();
  }

  /** From anywhere in the panel: the prompt's own keys have prevented what they took. */
  function onKeyDown(event: KeyboardEvent) {
    if (!running || event.defaultPrevented || !isInterruptKey(event)) return;
    event.preventDefault();
    interrupt();
  }

  function choose(to: Language) {
    setLanguage(to);
    if (to === "shell") setOpened(true);
  }

  const shown = language === "shell" && shell !== null;
  return (
    <div class="wb-console">
      {shell && opened && (
        <div class="wb-console-terminal" hidden={!shown}>
          <TerminalView bench={bench} shell={shell} />
          <div class="wb-row">
            <LanguageSelect value={language} onChange={choose} />
            <span class="wb-quiet">
              bin/rails, bin/jobs, bin/kill and bin/ps act on the sandbox; bin/help lists all. The
              files here are copies: change them in the editor.
            </span>
          </div>
        </div>
      )}
      <div class="wb-console-prompts" hidden={shown} onKeyDown={onKeyDown}>
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
          <LanguageSelect value={language} onChange={choose} />
          <Prompt
            key={language}
            language={language}
            history={histories[language]}
            running={running}
            complete={(code) =>
              language === "ruby" ? sandbox.console.complete(code) : Promise.resolve(NOTHING)
            }
            isWhole={(code) =>
              language === "ruby"
                ? question.ask(sandbox.console.isWhole(code))
                : Promise.resolve(true)
            }
            onEnter={enter}
            onInterrupt={interrupt}
          />
        </div>
        {language === "shell" && typeof why === "string" && (
          <p class="wb-console-why wb-quiet">{why}</p>
        )}
      </div>
    </div>
  );
}
