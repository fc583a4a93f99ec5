/** What the app needs on a developer's machine, and does not need in the sandbox: `native/`. */
const FILES = import.meta.glob<string>("./native/**/*", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Folders that Rails writes to, kept by an empty file. */
const KEPT = ["log/.keep", "storage/.keep", "tmp/.keep"];

/** By their path in the app. */
export function nativeFiles(): Record<string, string> {
  const own = Object.entries(FILES).map(([file, text]) => {
    const path = file.replace("./native/", "");
    return [path === "gitignore" ? ".gitignore" : path, text] as const;
  });
  return Object.fromEntries([...own, ...KEPT.map((path) => [path, ""] as const)]);
}
