/** One version in CHANGELOG.md. */
export interface ChangelogVersion {
  version: string;
  /** Null for what is not released yet. */
  date: Date | null;
  /** Its changes as an HTML list. */
  html: string;
}

const HEADING = /^## (.+?)(?: \((\d{4}-\d{2}-\d{2})\))?$/;

/**
 * Reads a changelog: `## 1.0.0 (2026-12-01)` or `## Unreleased`, each with a list of lines that
 * start with `- ` and may go on, indented, in the next lines.
 */
export function parseChangelog(markdown: string): ChangelogVersion[] {
  return markdown
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => {
      const [heading = "", ...body] = section.split("\n");
      const [, version = heading, date] = HEADING.exec(heading) ?? [];
      const items = body.join("\n").split(/^- /m).slice(1).map(listItem);
      return {
        version,
        date: date ? new Date(`${date}T00:00:00Z`) : null,
        html: `<ul>${items.join("")}</ul>`,
      };
    });
}

function listItem(text: string): string {
  const line = escape(text.replace(/\s+/g, " ").trim());
  return `<li>${line.replace(/`([^`]+)`/g, "<code>$1</code>")}</li>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
