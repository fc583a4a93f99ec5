import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { isAbort, sentence } from "../sentence.ts";
import type { Bench } from "../session/bench.ts";
import { commandsOf, fileCommands, type Command } from "./commands.ts";
import { Dialog } from "./Dialog.tsx";
import { matching } from "./match.ts";

/** More would be read by nobody. */
const SHOWN = 60;

interface Props {
  bench: Bench;
  /** Only files, or everything. */
  files: boolean;
}

const optionId = (index: number) => `wb-palette-${index}`;

/** Everything that can be done, by name (ARIA's combobox with a list). */
export function Palette({ bench, files }: Props) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const all = useMemo(() => (files ? fileCommands(bench) : commandsOf(bench)), [bench, files]);
  const found = useMemo(
    () => matching(query, all, ({ group, title }) => `${title} ${group}`).slice(0, SHOWN),
    [query, all],
  );
  const label = files ? "Open a file" : "Commands and files";

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  function run(command: Command | undefined) {
    if (!command) return;
    bench.overlay.value = null;
    Promise.resolve()
      .then(() => command.run())
      .catch((error: unknown) => {
        if (!isAbort(error)) bench.notice.value = `${command.title}: ${sentence(error)}`;
      });
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = found.length - 1;
    if (event.key === "ArrowDown") setAt(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") setAt(at <= 0 ? last : at - 1);
    else if (event.key === "Enter" && !event.isComposing) run(found[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog label={label} onClose={() => (bench.overlay.value = null)} class="wb-palette">
      <input
        class="wb-input"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls="wb-palette-list"
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? optionId(at) : undefined}
        placeholder={files ? "Name of a file" : "Type what you want to do"}
        spellcheck={false}
        autocomplete="off"
        autofocus
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id="wb-palette-list" role="listbox" aria-label={label} class="wb-scroll">
        {found.map((command, index) => (
          <li
            key={command.id}
            id={optionId(index)}
            role="option"
            aria-selected={index === at}
            onMouseMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span class={command.group === "File" ? "code" : undefined}>{command.title}</span>
            {command.keys && <Keys keys={command.keys} />}
            <span class="wb-quiet">{command.group}</span>
          </li>
        ))}
      </ul>
      <p role="status" class={found.length > 0 ? "sr-only" : "wb-empty"}>
        {found.length === 0 ? "Nothing fits." : `${found.length} found`}
      </p>
    </Dialog>
  );
}

/** Keys that are pressed one after the other. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span class="wb-keys">
      {keys.split(" ").map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
