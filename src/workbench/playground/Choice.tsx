import { useState } from "preact/hooks";
import type { StartingApp } from "../../course/playground.ts";
import { count } from "../format.ts";
import { lessonsFound } from "./lessons.ts";

interface Props {
  apps: StartingApp[];
  onChoose(app: StartingApp): void;
}

/** What to start from: two apps of no lesson, then the lessons in a list that can be searched. */
export function Choice({ apps, onChoose }: Props) {
  const [query, setQuery] = useState("");
  const found = lessonsFound(apps, query);
  return (
    <div class="wb-scroll wb-choice" tabIndex={0} role="group" aria-label="Apps to start from">
      <h2>What do you want to start from?</h2>
      <p>What you change is kept in this browser, for each of these apps by itself.</p>
      <ul class="wb-choice-cards">
        {apps
          .filter(({ about }) => about === "")
          .map((app) => (
            <li key={app.id}>
              <button type="button" onClick={() => onChoose(app)}>
                <strong>{app.title}</strong>
                <span>{app.description}</span>
              </button>
            </li>
          ))}
      </ul>
      <div class="wb-choice-head">
        <h3>Or from a lesson</h3>
        <input
          class="wb-input"
          type="search"
          aria-label="Find a lesson"
          placeholder="Find a lesson"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <span role="status" class="wb-quiet num">
          {query.trim() !== "" && count(found.length, "lesson")}
        </span>
      </div>
      {found.length === 0 && <p class="wb-empty">No lesson has these words.</p>}
      <ul class="wb-choice-lessons">
        {found.map(({ title, about, apps: own }) => (
          <li key={title}>
            <div>
              <strong>{title}</strong>
              <span>{about}</span>
            </div>
            {own.map((app) => (
              <button
                key={app.id}
                type="button"
                class="wb-btn small"
                aria-label={`${title}: ${app.description}`}
                onClick={() => onChoose(app)}
              >
                {app.description}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
