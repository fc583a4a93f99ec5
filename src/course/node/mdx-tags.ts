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

/**
 * What stands between the opening and the closing tag, for each of that name.
 * @throws Error where one is not closed
 */
export function within(text: string, name: string): string[] {
  return closed(text, name).map(({ end, close }) => text.slice(end, close));
}

/**
 * The text without the components of that name and what stands in them.
 * @throws Error where one is not closed
 */
export function without(text: string, name: string): string {
  let rest = "";
  let from = 0;
  for (const { start, close } of closed(text, name)) {
    rest += text.slice(from, start);
    from = close + closing(name).length;
  }
  return rest + text.slice(from);
}

/** Tags with the place of their closing tag. Components of one name do not stand in each other. */
function closed(text: string, name: string): (Tag & { close: number })[] {
  const shown = withoutCode(text);
  return tags(text, name).map((tag, index, all) => {
    const close = shown.indexOf(closing(name), tag.end);
    if (close < 0 || close > (all[index + 1]?.start ?? Infinity)) {
      const line = text.slice(0, tag.start).split("\n").length;
      throw new Error(`The <${name}> at line ${line} is not closed with ${closing(name)}.`);
    }
    return { ...tag, close };
  });
}

const closing = (name: string) => `</${name}>`;

/** Blanks of the same length, so that places in the text stay true. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, " "));
}
