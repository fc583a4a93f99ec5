import { useEffect, useRef, useState } from "preact/hooks";
import type { DatabaseReader } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import { toRows, type Row } from "./cells.ts";
import { countSql, windowSql, type RowsQuery } from "./rows-sql.ts";

export interface LoadedRows {
  /** How many rows there are; null before the first answer. */
  total: number | null;
  /** Place of the first loaded row. */
  offset: number;
  rows: readonly Row[];
  error: string | null;
}

interface Options {
  reader: DatabaseReader;
  database: string;
  query: RowsQuery;
  /** Grows when the rows may be other ones. */
  version: number;
  /** The rows in sight. */
  from: number;
  to: number;
}

const NOTHING: LoadedRows = { total: null, offset: 0, rows: [], error: null };
/** Rows are read in blocks of so many, with one block to spare on both sides. */
const BLOCK = 100;

/** The rows in sight, read again when they may have changed. One question at a time. */
export function useRows({ reader, database, query, version, from, to }: Options): LoadedRows {
  const [loaded, setLoaded] = useState(NOTHING);
  const asked = useRef(0);
  const first = Math.max(0, Math.floor(from / BLOCK) - 1) * BLOCK;
  const last = (Math.floor(to / BLOCK) + 2) * BLOCK;

  useEffect(() => {
    const turn = ++asked.current;
    void load(reader, database, query, first, last)
      .catch((reason: unknown) => ({ ...NOTHING, error: sentence(reason) }))
      .then((answer) => {
        if (turn === asked.current) setLoaded(answer);
      });
    return () => void (asked.current += 1);
  }, [reader, database, query, version, first, last]);

  return loaded;
}

async function load(
  reader: DatabaseReader,
  database: string,
  query: RowsQuery,
  first: number,
  last: number,
): Promise<LoadedRows> {
  const count = countSql(query);
  const rows = windowSql(query, first, last - first);
  const [counted, found] = await Promise.all([
    reader.query(database, count.sql, count.binds),
    reader.query(database, rows.sql, rows.binds),
  ]);
  const total = Number(counted.rows[0]?.[0] ?? 0);
  return { total, offset: first, rows: toRows(found, query.columns), error: null };
}
