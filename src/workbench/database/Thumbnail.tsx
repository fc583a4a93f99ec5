import { useEffect, useState } from "preact/hooks";
import type { DatabaseReader, SqlValue } from "../../sandbox/sandbox.ts";
import { valueSql, type RowsQuery } from "./rows-sql.ts";

/** Larger pictures (bytes) are read only when they are opened. */
const MAX_BYTES = 3_000_000;

interface Props {
  type: string;
  length: number;
  reader: DatabaseReader;
  database: string;
  query: RowsQuery;
  column: string;
  rowKey: readonly SqlValue[];
  /** Whether to show it as large as there is room. */
  large?: boolean;
}

/** A picture that lies in the database. Its text stands beside it, so it has none of its own. */
export function Thumbnail(props: Props) {
  const { type, length, reader, database, query, column, rowKey, large = false } = props;
  const [url, setUrl] = useState<string | null>(null);
  const key = JSON.stringify(rowKey, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  useEffect(() => {
    if (length > MAX_BYTES && !large) return undefined;
    let address: string | null = null;
    let gone = false;
    const { sql, binds } = valueSql(query, column, rowKey);
    reader.query(database, sql, binds).then(
      ({ rows }) => {
        const bytes = rows[0]?.[0];
        if (gone || !(bytes instanceof Uint8Array)) return;
        address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
        setUrl(address);
      },
      () => undefined, // the cell still says what it is
    );
    return () => {
      gone = true;
      if (address) URL.revokeObjectURL(address);
      setUrl(null);
    };
  }, [reader, database, query.table, column, key, length, type, large]);
  return url ? <img class={large ? "wb-db-picture" : "wb-db-thumb"} src={url} alt="" /> : null;
}
