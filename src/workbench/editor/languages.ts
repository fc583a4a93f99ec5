const BY_EXTENSION: Record<string, string> = {
  css: "css",
  erb: "erb",
  html: "html",
  rb: "ruby",
  ru: "ruby",
  sql: "sql",
  yaml: "yaml",
  yml: "yaml",
};

const BY_NAME: Record<string, string> = { Gemfile: "ruby", Rakefile: "ruby" };

/** The languages that the editor colours. */
export const LANGUAGES = ["ruby", "erb", "yaml", "html", "css", "sql"] as const;

const NAMES: Record<string, string> = {
  ruby: "Ruby",
  erb: "ERB",
  yaml: "YAML",
  html: "HTML",
  css: "CSS",
  sql: "SQL",
};

/** The language of a file, by its name. */
export function languageOf(path: string): string {
  const name = path.split("/").at(-1) ?? "";
  return BY_NAME[name] ?? BY_EXTENSION[name.split(".").at(-1) ?? ""] ?? "plaintext";
}

/** What people call the file's language. */
export function languageName(path: string): string {
  return NAMES[languageOf(path)] ?? "Plain text";
}
