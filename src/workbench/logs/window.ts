/** Which rows of a long list of equal rows can be seen, with some to spare. */
export interface RowWindow {
  from: number;
  to: number;
}

/** Height of a line of the log in px. */
export const ROW_HEIGHT = 24;
/** Rows drawn beyond those in sight; within so many, scrolling draws nothing anew. */
const SPARE = 16;

/**
 * The rows to draw: always as many, for the same height, so that their elements can be used again.
 */
export function visibleRows(total: number, scrollTop: number, height: number): RowWindow {
  const first = Math.floor(scrollTop / ROW_HEIGHT);
  const shown = Math.ceil(height / ROW_HEIGHT);
  const last = Math.min(first, total - shown);
  const from = Math.max(0, Math.floor(last / SPARE) * SPARE - SPARE);
  return { from, to: Math.min(total, from + shown + 3 * SPARE) };
}
