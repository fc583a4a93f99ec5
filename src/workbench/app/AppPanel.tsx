import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";
import { AddressBar } from "./AddressBar.tsx";
import { createAppBrowser } from "./browser.ts";
import { parseGuestMessage } from "./messages.ts";
import { RequestLog } from "./RequestLog.tsx";
import "./app.css";

/** The Rails app, in a frame that has no origin, no network and no script of its own. */
export function AppPanel({ bench }: { bench: Bench }) {
  const browser = useMemo(() => createAppBrowser(bench.sandbox), [bench]);
  const frame = useRef<HTMLIFrameElement>(null);
  const page = browser.page.value;
  // The frame takes a moment to show what it was given.
  const [shown, setShown] = useState<string | null>(null);
  const busy = browser.loading.value || page === null || shown !== page.nonce;

  useEffect(() => {
    function receive(event: MessageEvent<unknown>) {
      if (event.source === null || event.source !== frame.current?.contentWindow) return;
      const message = parseGuestMessage(event.data, browser.page.value?.nonce ?? "");
      if (!message) return;
      if (message.type === "open") {
        if (bench.workspace.paths.includes(message.path)) bench.showInEditor(message);
        return;
      }
      bench.workspace.flush();
      void browser.receive(message);
    }
    addEventListener("message", receive);
    void browser.visit("/");
    return () => {
      removeEventListener("message", receive);
      browser.dispose();
    };
  }, [browser]);

  return (
    <div class="wb-app" aria-busy={busy}>
      <AddressBar browser={browser} />
      {browser.error.value && (
        <p class="wb-error" role="alert">
          {browser.error.value}
        </p>
      )}
      <StaleHint bench={bench} loadedAt={page?.nonce ?? ""} onReload={browser.reload} />
      <iframe
        ref={frame}
        title={`The app: ${page?.title ?? "loading"}`}
        sandbox="allow-scripts allow-forms"
        srcdoc={page?.srcdoc ?? ""}
        onLoad={() => setShown(browser.page.value?.nonce ?? null)}
      />
      <RequestLog events={bench.sandbox.events} />
    </div>
  );
}

interface StaleProps {
  bench: Bench;
  /** Changes with every load. */
  loadedAt: string;
  onReload(): Promise<void>;
}

/** Says that a job has ended since the page was loaded: what it made is not on the page yet. */
function StaleHint({ bench, loadedAt, onReload }: StaleProps) {
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    return bench.sandbox.events.subscribe((event) => {
      if (event.type === "job.performed") setStale(true);
    });
  }, [bench, loadedAt]);
  return (
    <div role="status" class="wb-status">
      {stale && (
        <p>
          A job has finished since this page was loaded.{" "}
          <button type="button" class="wb-btn small" onClick={() => void onReload()}>
            Reload the page
          </button>
        </p>
      )}
    </div>
  );
}
