import { useState } from "preact/hooks";
import type { ExecuteResult, QueryResult } from "../../sandbox/sandbox.ts";
import { count } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { cellText, toCell } from "./cells.ts";
import type { DatabaseModel } from "./model.ts";

/** So many rows of a result are put into the page. */
const SHOWN_ROWS = 500;

/** One statement of SQL and its result. It only reads, until the learner flips the switch. */
export function SqlLine({ bench, model }: { bench: Bench; model: DatabaseModel }) {
  const names = (model.databases.data.value ?? []).map(({ database }) => database);
  const [database, setDatabase] = useState<string | null>(null);
  const [sql, setSql] = useState("");
  const [writing, setWriting] = useState(false);
  const [result, setResult] = useState<QueryResult | ExecuteResult | null>(null);
  const action = useAction();
  const target = database ?? model.selected.value?.database ?? names[0];
  const past = bench.asOf.value !== null;

  function run(event: Event) {
    event.preventDefault();
    if (target === undefined) return;
    void action.run(async () => {
      setResult(null);
      const answer =
        writing && !past
          ? await bench.sandbox.database.execute(target, sql)
          : await model.reader.value.query(target, sql);
      setResult(answer);
    });
  }

  return (
    <>
      <form class="wb-row wb-db-tools" onSubmit={run}>
        <select
          class="wb-select"
          aria-label="Database"
          value={target}
          onChange={(event) => setDatabase(event.currentTarget.value)}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          class="wb-input code"
          aria-label="One statement of SQL"
          placeholder="SELECT …"
          spellcheck={false}
          autocomplete="off"
          value={sql}
          onInput={(event) => setSql(event.currentTarget.value)}
        />
        <button type="submit" class="wb-btn primary" disabled={action.running || sql.trim() === ""}>
          Run
        </button>
      </form>
      <div class="wb-db-below">
        <label class="wb-db-switch" data-on={writing && !past}>
          <input
            type="checkbox"
            checked={writing && !past}
            disabled={past}
            onChange={(event) => setWriting(event.currentTarget.checked)}
          />
          {past
            ? "The past can only be read."
            : "Let statements write. What they change is changed at once, for every process."}
        </label>
        {action.error && (
          <p class="wb-error" role="alert">
            {action.error}
          </p>
        )}
        <p role="status" class="wb-quiet">
          {action.running
            ? "Running, or waiting for the lock to write…"
            : result && summary(result)}
        </p>
      </div>
      {result && result.columns.length > 0 && <ResultTable result={result} />}
    </>
  );
}

function summary(result: QueryResult | ExecuteResult): string {
  const changes = "changes" in result ? `, ${count(result.changes, "row")} changed` : "";
  const more = result.rows.length > SHOWN_ROWS ? `; the first ${SHOWN_ROWS} are shown` : "";
  return `${count(result.rows.length, "row")} returned${changes}${more}.`;
}

function ResultTable({ result }: { result: QueryResult }) {
  return (
    <div class="wb-scroll wb-db-result" tabIndex={0} role="region" aria-label="Result">
      <table class="wb-table wb-db-grid">
        <caption class="sr-only">Result</caption>
        <thead>
          <tr>
            {result.columns.map((name, index) => (
              <th key={index} scope="col" class="code">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.slice(0, SHOWN_ROWS).map((values, row) => (
            <tr key={row}>
              {values.map((value, index) => {
                const cell = toCell(value);
                return (
                  <td key={index} data-type={cell.type}>
                    <span class={cell.type === "null" ? "wb-db-null" : ""}>{cellText(cell)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
