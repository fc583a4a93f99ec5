import { useEffect, useRef, useState } from "preact/hooks";
import { count } from "../format.ts";
import { Icon } from "../Icon.tsx";
import { useAction } from "../live/use-action.ts";
import { Dialog } from "../palette/Dialog.tsx";
import { sentence } from "../sentence.ts";
import type { Bench } from "../session/bench.ts";
import "./share.css";

interface Props {
  bench: Bench;
  onClose(): void;
}

/** A link with the learner's code in it, and the app as a zip. */
export function ShareDialog({ bench, onClose }: Props) {
  const { workspace, lesson } = bench;
  const [link, setLink] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [copied, setCopied] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const edits = workspace.edits.value;
  const changed = Object.keys(edits).length;

  useEffect(() => {
    import("./codec.ts")
      .then(({ encodeShared }) => {
        const { origin, pathname, search } = location;
        const fragment = changed > 0 ? encodeShared({ slug: lesson.slug, files: edits }) : "";
        setLink(origin + pathname + search + fragment);
      })
      .catch((error: unknown) => setProblem(sentence(error)));
  }, []);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("Copied.");
    } catch {
      field.current?.select();
      setCopied(
        "Your browser does not let pages copy: the link is selected, copy it with the keys.",
      );
    }
  }

  return (
    <Dialog label="Share or download" class="wb-share" onClose={onClose}>
      <header>
        <h2>Share or download</h2>
        <button type="button" class="wb-icon-btn" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <section aria-label="A link with your code">
        <h3>A link with your code</h3>
        {problem === null ? (
          <>
            <p>
              {changed === 0
                ? "You have changed nothing yet, so this link only leads here."
                : `${count(changed, "file")} in ${count(link.length, "character")}. The code is in the link itself; nothing is sent to a server.`}
            </p>
            <div class="wb-share-link">
              <input
                ref={field}
                class="wb-input code"
                aria-label="Link"
                readonly
                value={link}
                onFocus={(event) => event.currentTarget.select()}
              />
              <button type="button" class="wb-btn primary" onClick={() => void copy()}>
                Copy
              </button>
            </div>
            <p role="status">{copied}</p>
          </>
        ) : (
          <p class="wb-error" role="alert">
            {problem}
          </p>
        )}
      </section>
      <Download bench={bench} />
    </Dialog>
  );
}

/** The app as it is now, made ready for a developer's own machine. */
function Download({ bench }: { bench: Bench }) {
  const action = useAction();
  const download = () =>
    action.run(async () => {
      const { appZip, saveAs } = await import("../export/download.ts");
      bench.workspace.flush();
      const { files } = bench.sandbox;
      const tree = Object.fromEntries(files.list().map((path) => [path, files.read(path)]));
      saveAs(appZip(tree, bench.lesson.slug), `${bench.lesson.slug}.zip`);
    });
  return (
    <section aria-label="The app as a zip">
      <h3>The app as a zip</h3>
      <p>
        Your files with everything that a Rails app needs on your own machine: unpack it, then run{" "}
        <code>bin/setup</code>. Its README says more.
      </p>
      <button
        type="button"
        class="wb-btn"
        disabled={action.running}
        onClick={() => void download()}
      >
        Download
      </button>
      <p role="status" class={action.error ? "wb-error" : undefined}>
        {action.error}
      </p>
    </section>
  );
}
