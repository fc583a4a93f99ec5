/**
 * An ESLint rule for the house's rooms: which folder may import which.
 * The table is the one in CONTRIBUTING.md; a file belongs to the first room whose path matches.
 */
import path from "node:path";
import type { Rule } from "eslint";

interface Room {
  /** Folder (ends in `/`) or file, relative to the project. */
  at: string;
  /** Folders and files that may be imported from here, besides the room itself. */
  mayImport: string[];
}

const ENGINE_DOORS = [
  "src/sandbox/sandbox.ts",
  "src/sandbox/events.ts",
  "src/sandbox/capabilities.ts",
  "src/sandbox/local/browser.ts",
  "src/sandbox/webcontainer/browser.ts",
  "src/sandbox/boot-image/fetch.ts",
];

export const ROOMS: Room[] = [
  { at: "src/sandbox/", mayImport: [] },
  { at: "src/course/", mayImport: [] },
  { at: "src/workbench/", mayImport: ["src/course/", "src/theme/", ...ENGINE_DOORS] },
  {
    at: "src/components/",
    mayImport: ["src/course/", "src/workbench/", "src/theme/", "src/styles/"],
  },
  { at: "src/pages/", mayImport: ["src/course/", "src/components/", "src/content.config.ts"] },
  { at: "src/content.config.ts", mayImport: ["src/course/"] },
  { at: "src/theme/", mayImport: [] },
  {
    at: "scripts/",
    mayImport: ["src/sandbox/", "src/course/", "src/headers.ts"],
  },
];

/** The project-relative path that a relative import points to. */
function target(fromFile: string, specifier: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(fromFile), specifier));
}

/** Says why `file` may not import `specifier`, or null when it may. */
export function forbiddenImport(file: string, specifier: string): string | null {
  const room = ROOMS.find(({ at }) => file === at || file.startsWith(at));
  if (!room || !specifier.startsWith(".")) return null;

  const imported = target(file, specifier);
  const allowed = [room.at, ...room.mayImport].some(
    (door) => imported === door || (door.endsWith("/") && imported.startsWith(door)),
  );
  return allowed ? null : `${room.at} may not import ${imported}: see "Rooms" in CONTRIBUTING.md.`;
}

export const rooms: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const inspect = (node: Rule.Node, source: unknown) => {
      if (typeof source !== "string") return;
      const message = forbiddenImport(file, source);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => inspect(node, node.source.value),
      ExportAllDeclaration: (node) => inspect(node, node.source.value),
      ExportNamedDeclaration: (node) => inspect(node, node.source?.value),
      ImportExpression: (node) =>
        inspect(node, node.source.type === "Literal" ? node.source.value : null),
    };
  },
};
