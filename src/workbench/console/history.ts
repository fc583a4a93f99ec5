/** The lines that were entered, walked with the arrow keys as at a shell's prompt. */
export interface InputHistory {
  add(line: string): void;
  /** The line before; the first one again at the beginning. */
  previous(current: string): string;
  /** The line after; at the end what was being typed. */
  next(): string;
}

export function createInputHistory(limit = 200): InputHistory {
  const lines: string[] = [];
  let at = 0;
  let draft = "";
  return {
    add(line) {
      if (line !== lines.at(-1)) lines.push(line);
      if (lines.length > limit) lines.shift();
      at = lines.length;
    },
    previous(current) {
      if (at === lines.length) draft = current;
      at = Math.max(0, at - 1);
      return lines[at] ?? draft;
    },
    next() {
      at = Math.min(lines.length, at + 1);
      return lines[at] ?? draft;
    },
  };
}
