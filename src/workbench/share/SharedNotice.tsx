import { compareWithShared } from "../editor/comparison.ts";
import { count } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import type { Received } from "./received.ts";

interface Props {
  received: Received;
  /** Null while the sandbox does not run. */
  bench: Bench | null;
}

/** Says that the address carries somebody else's code, and leaves the choice to the learner. */
export function SharedNotice({ received, bench }: Props) {
  const state = received.state.value;
  if (state.name === "none") return null;
  if (state.name === "unreadable") {
    return (
      <section class="wb-banner" aria-label="Shared code">
        <p role="alert">{state.message} Your own files are as they were.</p>
        <button type="button" class="wb-btn small" onClick={() => received.forget()}>
          Close
        </button>
      </section>
    );
  }
  if (!bench) {
    return (
      <section class="wb-banner" aria-label="Shared code">
        <p role="status">
          This code was shared with you. Start the workbench to look at it: it runs only when you
          say so, and your own files stay.
        </p>
      </section>
    );
  }
  return <Choice bench={bench} received={received} files={state.code.files} />;
}

interface ChoiceProps {
  bench: Bench;
  received: Received;
  files: Parameters<typeof compareWithShared>[1];
}

function Choice({ bench, received, files }: ChoiceProps) {
  // Reads the learner's edits, so that the number stays true.
  const comparison = compareWithShared(bench.workspace, files);
  const differing = comparison.paths.length;
  return (
    <section class="wb-banner" aria-label="Shared code">
      <p role="status">
        This code was shared with you.{" "}
        {differing === 0
          ? "It is the same as yours."
          : `${count(differing, "file")} ${differing === 1 ? "differs" : "differ"} from yours, which you can have back.`}
      </p>
      {differing > 0 && (
        <>
          <button
            type="button"
            class="wb-btn small"
            onClick={() => {
              bench.show("editor");
              bench.comparing.value = comparison;
            }}
          >
            Look at the changes
          </button>
          <button
            type="button"
            class="wb-btn small primary"
            onClick={() => {
              comparison.apply?.run();
              bench.comparing.value = null;
              received.forget();
            }}
          >
            Run it
          </button>
        </>
      )}
      <button
        type="button"
        class="wb-btn small"
        onClick={() => {
          if (bench.comparing.value?.kind === "shared") bench.comparing.value = null;
          received.forget();
        }}
      >
        {differing > 0 ? "Keep mine" : "Close"}
      </button>
    </section>
  );
}
