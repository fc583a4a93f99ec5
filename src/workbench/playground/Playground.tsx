import { useEffect, useState } from "preact/hooks";
import { slugOf, type StartingApp } from "../../course/playground.ts";
import type { WebContainerOffer } from "../host/hosts.ts";
import { Workbench } from "../Workbench.tsx";
import { Choice } from "./Choice.tsx";
import "./playground.css";

interface Props {
  apps: StartingApp[];
  imageUrl: string;
  downloadSize: string;
  webContainer: WebContainerOffer | null;
}

const PARAMETER = "app";

/** The workbench without a lesson: first the choice of an app, then the app. */
export function Playground({ apps, imageUrl, downloadSize, webContainer }: Props) {
  const [chosen, setChosen] = useState<StartingApp | null>(null);
  useEffect(() => {
    const id = new URLSearchParams(location.search).get(PARAMETER);
    setChosen(apps.find((app) => app.id === id) ?? null);
  }, []);

  function choose(app: StartingApp | null) {
    const url = new URL(location.href);
    if (app) url.searchParams.set(PARAMETER, app.id);
    else url.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", url);
    setChosen(app);
  }

  if (!chosen) return <Choice apps={apps} onChoose={choose} />;
  const { id, title, focus } = chosen;
  return (
    <div class="wb-playground">
      <p class="wb-playground-bar">
        <strong>{title}</strong>
        <span class="wb-quiet">{chosen.description}</span>
        <button type="button" class="wb-btn small" onClick={() => choose(null)}>
          Another app
        </button>
      </p>
      <Workbench
        key={id}
        lesson={{ slug: slugOf(id), title, focus, open: focus[0] ?? "" }}
        filesUrl={`/playground/${id}.json`}
        imageUrl={imageUrl}
        downloadSize={downloadSize}
        webContainer={webContainer}
      />
    </div>
  );
}
