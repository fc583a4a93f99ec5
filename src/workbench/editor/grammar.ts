import type { LanguageRegistration } from "shiki/core";

/**
 * A language's own grammar, without those of the languages that can stand inside it. Ruby's brings
 * C++, Lua, GraphQL and more, a megabyte and a half, for the sake of here-documents. Those that we
 * colour are loaded by themselves.
 */
export function grammar(registrations: LanguageRegistration[]): LanguageRegistration {
  const own = registrations.at(-1);
  if (!own) throw new Error("A language without a grammar.");
  return { ...own, embeddedLangs: [] };
}
