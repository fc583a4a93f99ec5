import type { RubyError, SourceLocation } from "../../sandbox/sandbox.ts";

interface Props {
  error: RubyError;
  onShow?(location: SourceLocation): void;
}

/** A Ruby error: class, message, where in the learner's files, and the way there. */
export function RubyErrorView({ error, onShow }: Props) {
  const { location } = error;
  return (
    <div class="wb-ruby-error">
      <p class="wb-error">
        <strong>{error.className}</strong>: {error.message}
      </p>
      {location && (
        <button type="button" class="wb-btn small" onClick={() => onShow?.(location)}>
          {location.path}:{location.line}
        </button>
      )}
      {error.backtrace.length > 0 && <pre>{error.backtrace.join("\n")}</pre>}
    </div>
  );
}
