import type { Layout } from "./layout.ts";
import { Separator } from "./Separator.tsx";

/** The edge between the lesson's text and the workbench; the playground has no text. */
export function TextEdge({ layout }: { layout: Layout }) {
  const { text, wide } = layout.state.value;
  const now = () => document.querySelector(".wb-bench")?.getBoundingClientRect().left ?? 0;
  const share = wide ? 0 : (text ?? 0.42);
  return (
    <Separator
      orientation="vertical"
      label="Width of the workbench"
      controls="workbench"
      percent={(1 - share) * 100}
      growsTowards="start"
      onMove={(by) => layout.setText((now() + by) / innerWidth)}
      onToggle={() => layout.setWide(!wide)}
      onReset={() => layout.setText(null)}
    />
  );
}
