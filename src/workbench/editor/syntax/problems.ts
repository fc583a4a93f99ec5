/** A place in a file where Ruby's parser did not understand it. Lines and columns count from 1. */
export interface SyntaxProblem {
  /** The parser's own words. */
  message: string;
  severity: "error" | "warning";
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** What Prism reports, in bytes of the source's UTF-8. */
export interface ParserReport {
  message: string;
  location: { startOffset: number; length: number };
}

const FILE_ENDS = "unexpected end-of-input, assuming";

/** Reports of the parser as places in the text; errors before warnings, each place once. */
export function problemsOf(
  source: string,
  errors: readonly ParserReport[],
  warnings: readonly ParserReport[],
): SyntaxProblem[] {
  const place = placesIn(source);
  const problem = (severity: SyntaxProblem["severity"]) => (report: ParserReport) => {
    const { startOffset, length } = report.location;
    const start = place(startOffset);
    const end = place(startOffset + length);
    return {
      message: report.message,
      severity,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  };
  // Where something else is said, the end of the file is only where the parser noticed it.
  const telling = errors.filter(({ message }) => !message.startsWith(FILE_ENDS));
  const said = telling.length > 0 ? telling : errors;
  const all = [...said.map(problem("error")), ...warnings.map(problem("warning"))];
  const seen = new Set<string>();
  return all.filter(({ line, column }) => {
    const key = `${line}:${column}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The first problem as a sentence, with how many more there are. */
export function problemSentence(problems: readonly SyntaxProblem[]): string {
  const [first] = problems;
  if (!first) return "No syntax errors";
  const more = problems.length - 1;
  return `Line ${first.line}: ${first.message}${more > 0 ? ` (and ${more} more)` : ""}`;
}

/** Turns an offset in bytes into a line and a column of UTF-16 units, as the editor counts. */
function placesIn(source: string): (offset: number) => { line: number; column: number } {
  const bytes = new TextEncoder().encode(source);
  const decoder = new TextDecoder();
  return (offset) => {
    const before = decoder.decode(bytes.subarray(0, Math.min(offset, bytes.length)));
    const lineStart = before.lastIndexOf("\n") + 1;
    return { line: before.split("\n").length, column: before.length - lineStart + 1 };
  };
}
