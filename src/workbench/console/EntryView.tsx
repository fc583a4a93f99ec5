import type { SourceLocation } from "../../sandbox/sandbox.ts";
import type { Entry } from "./entries.ts";
import { RubyErrorView } from "./RubyErrorView.tsx";

interface Props {
  entry: Entry;
  onShow(location: SourceLocation): void;
}

/** An entry with what it printed, its value or its error. */
export function EntryView({ entry, onShow }: Props) {
  const { code, language, evaluation, shell } = entry;
  return (
    <div class="wb-entry">
      <pre class="wb-prompt" data-language={language}>
        {code}
      </pre>
      {evaluation?.output && <pre>{evaluation.output}</pre>}
      {evaluation?.result && <pre class="wb-result">=&gt; {evaluation.result}</pre>}
      {evaluation?.error && <RubyErrorView error={evaluation.error} onShow={onShow} />}
      {shell?.output && <pre class={shell.failed ? "wb-error" : "wb-shell"}>{shell.output}</pre>}
    </div>
  );
}
