import { useEffect, useRef, useState } from "preact/hooks";
import type { SandboxShell } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { Bench } from "../session/bench.ts";
import "./terminal.css";

interface Props {
  bench: Bench;
  shell: SandboxShell;
}

/** The host's shell, from when it is first shown until the panel goes. */
export function TerminalView({ bench, shell }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [opened, setOpened] = useState(0);
  useEffect(() => {
    const life = new AbortController();
    const tell = (text: string) => {
      if (!life.signal.aborted) setSaid(text);
    };
    import("./open-terminal.ts")
      .then(({ openTerminal }) => {
        if (!place.current) return "";
        const { sandbox, queue } = bench;
        const onRun = () => queue.refresh();
        return openTerminal({ place: place.current, shell, sandbox, onRun, signal: life.signal });
      })
      .then(tell, (error: unknown) => tell(sentence(error)));
    return () => life.abort();
  }, [bench, shell, opened]);

  return (
    <>
      <div ref={place} class="wb-terminal" hidden={said !== null} />
      {said !== null && (
        <p class="wb-terminal-end" role="status">
          {said}{" "}
          <button
            type="button"
            class="wb-btn small"
            onClick={() => {
              setSaid(null);
              setOpened(opened + 1);
            }}
          >
            Open another
          </button>
        </p>
      )}
    </>
  );
}
