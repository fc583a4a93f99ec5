const BY_EXTENSION: Record<string, string> = {
  css: "css",
  erb: "erb",
  html: "html",
  js: "javascript",
  rb: "ruby",
  ru: "ruby",
  sql: "sql",
  yaml: "yaml",
  yml: "yaml",
};

const BY_NAME: Record<string, string> = { Gemfile: "ruby", Rakefile: "ruby" };

/** The languages that the editor colours. */
export const LANGUAGES = ["ruby", "erb", "yaml", "html", "css", "javascript", "sql"] as const;

/** The language of a file, by its name. */
export function languageOf(path: string): string {
  const name = path.split("/").at(-1) ?? "";
  return BY_NAME[name] ?? BY_EXTENSION[name.split(".").at(-1) ?? ""] ?? "plaintext";
}
