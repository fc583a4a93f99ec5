const TAG = /<%(%|#|=|-)?([\s\S]*?)(-?%>|$)/g;

/**
 * The Ruby of an ERB template, each piece at its own place: everything else becomes blank, so that
 * a line and column of the result are those of the template.
 */
export function rubyOfErb(template: string): string {
  let ruby = "";
  let at = 0;
  for (const match of template.matchAll(TAG)) {
    const [whole, sign = "", code = "", close = ""] = match;
    ruby += blank(template.slice(at, match.index));
    const isCode = sign === "" || sign === "=" || sign === "-";
    ruby += isCode ? `${blank(`<%${sign}`)}${code}${closing(close)}` : blank(whole);
    at = match.index + whole.length;
  }
  return ruby + blank(template.slice(at));
}

/** A tag's end is the end of a statement; a comment in it ends there too, which Ruby cannot say in place. */
function closing(close: string): string {
  return close === "" ? "" : `${" ".repeat(close.length - 1)};`;
}

/** As many spaces as the text has UTF-16 units, which is what the editor counts in. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
