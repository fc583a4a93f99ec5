/** The attribute by which the frame's script knows a place in the app's files: `app/x.rb:5`. */
export const PLACE_ATTRIBUTE = "data-app-place";

const PLACE = /(?:^|[\s("'`])((?:app|config|db|lib|test)\/[\w./-]+\.(?:rb|erb|yml)):(\d+)/;
/** So many lines of a backtrace become links; nobody reads on. */
const MOST = 200;

/** Makes the places in the app's files that an error page names lead into the editor. */
export function linkSources(document: Document): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: { node: Text; path: string; line: string }[] = [];
  while (walker.nextNode() && found.length < MOST) {
    const node = walker.currentNode as Text;
    const [, path, line] = PLACE.exec(node.data) ?? [];
    if (path && line && !node.parentElement?.closest("style, script, textarea")) {
      found.push({ node, path, line });
    }
  }
  for (const { node, path, line } of found) {
    const place = `${path}:${line}`;
    const link = node.parentElement?.closest("a") ?? wrap(document, node, place);
    link.setAttribute(PLACE_ATTRIBUTE, place);
    link.setAttribute("href", "#");
    link.setAttribute("title", "Show in the editor");
  }
}

function wrap(document: Document, node: Text, place: string): Element {
  const text = node.splitText(node.data.indexOf(place));
  text.splitText(place.length);
  const link = document.createElement("a");
  text.replaceWith(link);
  link.append(text);
  return link;
}
