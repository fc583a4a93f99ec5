/** The Ruby blocks of a lesson's text. */
export interface RubyBlock {
  /** `console`, or the path of a file. */
  title: string;
  code: string;
  /** Line of the block in the text. */
  line: number;
  /** Why it cannot run, where it says so (`norun="..."`). */
  skipReason: string | null;
}

const FENCE = /^```ruby([^\n]*)\n([\s\S]*?)^```/gm;

export function rubyBlocks(text: string): RubyBlock[] {
  return [...text.matchAll(FENCE)].map((match) => {
    const [, info = "", code = ""] = match;
    return {
      title: attribute(info, "title") ?? "console",
      code,
      line: text.slice(0, match.index).split("\n").length,
      skipReason: attribute(info, "norun"),
    };
  });
}

function attribute(info: string, name: string): string | null {
  return new RegExp(`${name}="([^"]*)"`).exec(info)?.[1] ?? null;
}
