/**
 * Whether a key press is Ctrl+C as in a terminal. With Caps Lock on, the key is `C`. Where text is
 * selected, the browser copies it instead.
 * @param field what the prompt is typed into: its selection is not the page's
 */
export function isInterruptKey(event: KeyboardEvent, field?: HTMLTextAreaElement | null): boolean {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (key.toLowerCase() !== "c" || !ctrlKey || altKey || metaKey || shiftKey) return false;
  if (field) return field.selectionStart === field.selectionEnd;
  return getSelection()?.isCollapsed ?? true;
}
