import type { Language } from "./entries.ts";

interface Props {
  value: Language;
  onChange(language: Language): void;
}

/** Which prompt the panel shows. */
export function LanguageSelect({ value, onChange }: Props) {
  return (
    <select
      class="wb-select"
      aria-label="Language of the prompt"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Language)}
    >
      <option value="ruby">Ruby</option>
      <option value="shell">Shell</option>
    </select>
  );
}
