/** Which rows of a long list of equal rows can be seen, with some to spare. */
export interface RowWindow {
  from: number;
  to: number;
}

/** Height of a line of the log in px. */
export const ROW_HEIGHT = 24;
const SPARE = 20;

export function visibleRows(total: number, scrollTop: number, height: number): RowWindow {
  const first = Math.floor(scrollTop / ROW_HEIGHT);
  const shown = Math.ceil(height / ROW_HEIGHT);
  const from = Math.max(0, Math.min(first, total - shown) - SPARE);
  return { from, to: Math.min(total, first + shown + SPARE) };
}
