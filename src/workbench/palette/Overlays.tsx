import { useEffect } from "preact/hooks";
import { HostDialog } from "../host/HostDialog.tsx";
import type { Bench } from "../session/bench.ts";
import { ShareDialog } from "../share/ShareDialog.tsx";
import { listenToKeys } from "./keys.ts";
import { Palette } from "./Palette.tsx";
import { ShortcutList } from "./ShortcutList.tsx";
import { loadSingleKeys, singleKeys } from "./single-keys.ts";

/** What lies over the workbench, and the keys that call it. */
export function Overlays({ bench }: { bench: Bench }) {
  useEffect(() => {
    loadSingleKeys();
    return listenToKeys(bench, () => singleKeys.value);
  }, [bench]);
  const close = () => (bench.overlay.value = null);
  const notice = bench.notice.value;
  const overlay = bench.overlay.value;
  return (
    <>
      {overlay === "commands" && <Palette key="commands" bench={bench} files={false} />}
      {overlay === "files" && <Palette key="files" bench={bench} files={true} />}
      {overlay === "shortcuts" && <ShortcutList onClose={close} />}
      {overlay === "share" && <ShareDialog bench={bench} onClose={close} />}
      {overlay === "host" && (
        <HostDialog
          chosen={bench.host.name}
          running={true}
          onChoose={(name) => {
            bench.host.remember(name);
            void bench.restart();
          }}
          onClose={close}
        />
      )}
      <div role="status" class="wb-notice">
        {notice !== null && (
          <p class="wb-error">
            {notice}{" "}
            <button type="button" class="wb-btn small" onClick={() => (bench.notice.value = null)}>
              Close
            </button>
          </p>
        )}
      </div>
    </>
  );
}
