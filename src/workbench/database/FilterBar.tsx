import { useState } from "preact/hooks";
import type { ColumnInfo } from "../../sandbox/sandbox.ts";
import type { Filter, Match } from "./rows-sql.ts";

interface Props {
  columns: readonly ColumnInfo[];
  onChange(filter: Filter | null): void;
}

const MATCHES: [Match, string][] = [
  ["contains", "contains"],
  ["equals", "is"],
  ["null", "is NULL"],
];

/** Which rows to see: those whose column holds, is or lacks a value. */
export function FilterBar({ columns, onChange }: Props) {
  const [filter, setFilter] = useState<Filter>({ column: null, match: "contains", text: "" });
  const change = (part: Partial<Filter>) => {
    const next = { ...filter, ...part };
    setFilter(next);
    onChange(next.match !== "null" && next.text === "" ? null : next);
  };
  return (
    <form role="search" class="wb-row" onSubmit={(event) => event.preventDefault()}>
      <select
        class="wb-select"
        aria-label="Rows where"
        value={filter.column ?? ""}
        onChange={(event) => change({ column: event.currentTarget.value || null })}
      >
        <option value="">any column</option>
        {columns.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        class="wb-select"
        aria-label="How the value compares"
        value={filter.match}
        onChange={(event) => change({ match: event.currentTarget.value as Match })}
      >
        {MATCHES.map(([match, word]) => (
          <option key={match} value={match}>
            {word}
          </option>
        ))}
      </select>
      {filter.match !== "null" && (
        <input
          class="wb-input"
          type="search"
          aria-label="Value to look for"
          placeholder="value"
          value={filter.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      )}
    </form>
  );
}
