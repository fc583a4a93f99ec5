import { useState } from "preact/hooks";
import { clockTime, count } from "../format.ts";
import type { Level } from "./level.ts";
import type { LogBuffer, LogFilter } from "./log-buffer.ts";

interface Props {
  buffer: LogBuffer;
  filter: LogFilter;
  onFilter(filter: LogFilter): void;
  follow: boolean;
  onFollow(follow: boolean): void;
  onClear(): void;
}

/** Above the log: what is shown, and what is done with it. */
export function LogTools({ buffer, filter, onFilter, follow, onFollow, onClear }: Props) {
  const [copied, setCopied] = useState("");
  const shown = buffer.shown();

  async function copy() {
    const text = shown
      .map((line) => `${clockTime(line.time)} ${line.process}[${line.pid}] ${line.text}`)
      .join("\n");
    try {
      await navigator.clipboard.writeText(text);
      setCopied(`${count(shown.length, "line")} copied.`);
    } catch {
      setCopied("The browser did not let the lines be copied.");
    }
  }

  return (
    <div class="wb-row">
      <select
        class="wb-select"
        aria-label="Process"
        value={filter.process ?? ""}
        onChange={(event) => onFilter({ ...filter, process: event.currentTarget.value || null })}
      >
        <option value="">all processes</option>
        {buffer.processes().map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        class="wb-select"
        aria-label="Level"
        value={filter.level}
        onChange={(event) => onFilter({ ...filter, level: event.currentTarget.value as Level })}
      >
        <option value="info">all levels</option>
        <option value="warn">warnings and errors</option>
        <option value="error">errors</option>
      </select>
      <input
        class="wb-input"
        type="search"
        aria-label="Text in the log"
        placeholder="Text"
        value={filter.text}
        onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <label class="wb-follow">
        <input
          type="checkbox"
          checked={follow}
          onChange={(event) => onFollow(event.currentTarget.checked)}
        />{" "}
        Follow
      </label>
      <button type="button" class="wb-btn small" onClick={onClear}>
        Clear
      </button>
      <button
        type="button"
        class="wb-btn small"
        disabled={shown.length === 0}
        onClick={() => void copy()}
      >
        Copy
      </button>
      <span class="wb-quiet num">
        {shown.length === buffer.size()
          ? count(shown.length, "line")
          : `${shown.length.toLocaleString("en")} of ${count(buffer.size(), "line")}`}
      </span>
      <span role="status" class="wb-quiet">
        {copied}
      </span>
    </div>
  );
}
