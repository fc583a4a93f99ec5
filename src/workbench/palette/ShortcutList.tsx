import { Icon } from "../Icon.tsx";
import { Dialog } from "./Dialog.tsx";
import { isMac, shortcuts } from "./keys.ts";
import { Keys } from "./Palette.tsx";
import { setSingleKeys, singleKeys } from "./single-keys.ts";

/** All keys of the workbench, and the switch for those that are a single letter. */
export function ShortcutList({ onClose }: { onClose(): void }) {
  return (
    <Dialog label="Keyboard shortcuts" class="wb-shortcuts" onClose={onClose}>
      <header>
        <h2>Keyboard shortcuts</h2>
        <button type="button" class="wb-icon-btn" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <dl class="wb-scroll" tabIndex={0}>
        {shortcuts(isMac()).map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />{" "}
        Keys without {isMac() ? "⌘" : "Ctrl"} (such as <kbd>?</kbd>) do something
      </label>
    </Dialog>
  );
}
