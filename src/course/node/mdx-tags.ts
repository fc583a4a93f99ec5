/** The components in an MDX text, without those in its code blocks. */

export interface Tag {
  /** Quoted attributes; one without a value is the empty text. */
  attributes: Record<string, string>;
  /** Where the opening tag begins, and where it ends. */
  start: number;
  end: number;
}

const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;

/** The opening tags of that name, in order. */
export function tags(text: string, name: string): Tag[] {
  const opening = new RegExp(`<${name}((?:\\s+[\\w-]+(?:="[^"]*")?)*)\\s*/?>`, "g");
  return [...withoutCode(text).matchAll(opening)].map((match) => ({
    attributes: Object.fromEntries(
      [...(match[1] ?? "").matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, value]),
    ),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** What stands between the opening and the closing tag, for each of that name. */
export function within(text: string, name: string): string[] {
  return tags(text, name).map(({ end }) => text.slice(end, text.indexOf(`</${name}>`, end)));
}

/** The text without the components of that name and what stands in them. */
export function without(text: string, name: string): string {
  const closing = `</${name}>`;
  let rest = "";
  let from = 0;
  for (const { start, end } of tags(text, name)) {
    rest += text.slice(from, start);
    from = text.indexOf(closing, end) + closing.length;
  }
  return rest + text.slice(from);
}

/** Blanks of the same length, so that places in the text stay true. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, " "));
}
