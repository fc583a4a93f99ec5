import { Fragment } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { FallbackNotice } from "./host/FallbackNotice.tsx";
import type { WebContainerOffer } from "./host/hosts.ts";
import { browserDependencies } from "./session/browser.ts";
import { currentSession } from "./session/current.ts";
import type { LessonInfo } from "./session/lesson-info.ts";
import { LostNotice } from "./session/LostNotice.tsx";
import { createSession, type SessionDependencies } from "./session/session.ts";
import { createReceived } from "./share/received.ts";
import { UnfitNotice } from "./session/UnfitNotice.tsx";
import { SharedNotice } from "./share/SharedNotice.tsx";
import { memorySnapshotStore } from "./snapshots/store.ts";
import { StartScreen } from "./start/StartScreen.tsx";
import { useKeptFocus } from "./start/use-kept-focus.ts";
import { useKeptScroll } from "./start/use-kept-scroll.ts";
import "./workbench.css";

interface Props {
  lesson: LessonInfo;
  /** Address of the lesson's files. */
  filesUrl: string;
  /** Address of the boot image's folder. */
  imageUrl: string;
  /** What Start downloads, for people: `39 MB`. */
  downloadSize: string;
  /** Null where this site does not offer StackBlitz's WebContainer. */
  webContainer: WebContainerOffer | null;
}

const NOT_IN_A_BROWSER: SessionDependencies = {
  hosts: ["tab"],
  storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
  snapshots: memorySnapshotStore(),
  loadFiles: () => Promise.reject(new Error("Not in a browser.")),
  loadEngine: () => Promise.reject(new Error("Not in a browser.")),
  loadBench: () => Promise.reject(new Error("Not in a browser.")),
};

/** The island: a start screen, then the bench. */
export function Workbench({ lesson, filesUrl, imageUrl, downloadSize, webContainer }: Props) {
  const session = useMemo(() => {
    const inBrowser = typeof window !== "undefined";
    return createSession(
      lesson,
      inBrowser ? browserDependencies(filesUrl, imageUrl, webContainer) : NOT_IN_A_BROWSER,
    );
  }, []);

  useEffect(() => {
    currentSession.value = session;
    return () => {
      currentSession.value = null;
      void session.dispose();
    };
  }, [session]);

  const received = useMemo(createReceived, []);
  useEffect(() => {
    const read = () => void received.read(lesson.slug);
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [received]);

  const state = session.state.value;
  useKeptFocus(state.name);
  useKeptScroll(state.name);
  const bench = state.name === "ready" ? state.bench : null;
  return (
    <div class="wb-frame">
      <SharedNotice received={received} bench={bench} />
      {bench && (
        <Fragment key={bench.sandbox}>
          <FallbackNotice bench={bench} />
          <UnfitNotice bench={bench} />
          <LostNotice bench={bench} />
        </Fragment>
      )}
      {state.name === "ready" ? (
        <state.BenchView bench={state.bench} />
      ) : (
        <StartScreen session={session} state={state} downloadSize={downloadSize} />
      )}
    </div>
  );
}
