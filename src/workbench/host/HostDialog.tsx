import { useState } from "preact/hooks";
import type { CapabilityName } from "../../sandbox/capabilities.ts";
import { Icon } from "../Icon.tsx";
import { Dialog } from "../palette/Dialog.tsx";
import "./host.css";
import { CAPABILITY_LABELS, HOSTS, type Host, type HostName } from "./hosts.ts";

interface Props {
  chosen: HostName;
  /** A choice then starts the sandbox again. */
  running: boolean;
  onChoose(name: HostName): void;
  onClose(): void;
}

/** Where the sandbox runs, what each place can do and why not, and whose terms hold there. */
export function HostDialog({ chosen, running, onChoose, onClose }: Props) {
  const [picked, setPicked] = useState(chosen);
  function use() {
    onClose();
    if (picked !== chosen) onChoose(picked);
  }
  return (
    <Dialog label="Where the sandbox runs" class="wb-host" onClose={onClose}>
      <header>
        <h2>Where the sandbox runs</h2>
        <button type="button" class="wb-icon-btn" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="wb-host-choices wb-scroll" tabIndex={0} role="group" aria-label="Places">
        {Object.values(HOSTS).map((host) => (
          <Choice
            key={host.name}
            host={host}
            checked={host.name === picked}
            onPick={() => setPicked(host.name)}
          />
        ))}
      </div>
      <footer>
        {picked === "webcontainer" && <Terms />}
        <p class="wb-quiet">
          {running
            ? "The sandbox starts again there, with your files and databases."
            : "Nothing is loaded before you press Start."}
        </p>
        <button type="button" class="wb-btn primary" onClick={use}>
          {picked === chosen ? "Keep it" : `Use ${inSentence(picked)}`}
        </button>
      </footer>
    </Dialog>
  );
}

interface ChoiceProps {
  host: Host;
  checked: boolean;
  onPick(): void;
}

function Choice({ host, checked, onPick }: ChoiceProps) {
  const { name, label, about, capabilities } = host;
  const names = Object.keys(CAPABILITY_LABELS) as CapabilityName[];
  return (
    <section class="wb-host-choice" data-checked={checked}>
      <label>
        <input
          type="radio"
          name="wb-host"
          value={name}
          checked={checked}
          aria-describedby={`wb-host-${name}`}
          onChange={onPick}
        />{" "}
        <strong>{label}</strong>
      </label>
      <p id={`wb-host-${name}`}>{about}</p>
      <ul aria-label={`What ${inSentence(name)} can do`}>
        {names.map((capability) => {
          const can = capabilities[capability];
          return (
            <li key={capability} data-can={can === true}>
              <span class="wb-host-can">{can === true ? "yes" : "no"}</span>
              <span>
                {CAPABILITY_LABELS[capability]}
                {can !== true && <span class="wb-quiet">: {lowered(can)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Terms() {
  return (
    <p class="wb-host-terms">
      It is StackBlitz's service, under{" "}
      <a href="https://stackblitz.com/terms-of-service" target="_blank" rel="noreferrer">
        their terms
      </a>
      : <strong>commercial use in production needs a licence</strong> from them (
      <a href="https://webcontainers.io/enterprise" target="_blank" rel="noreferrer">
        webcontainers.io
      </a>
      ). Your browser then loads their code and copies your files into the container. This site's
      tests ran on a stand-in for the service; on the real one it was never run.
    </p>
  );
}

/** The name of a host within a sentence. */
export function inSentence(name: HostName): string {
  return name === "tab" ? "this tab" : "the WebContainer";
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
