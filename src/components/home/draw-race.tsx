import { render } from "preact";
import type { Run } from "../../workbench/race/run.ts";
import { RacePictures } from "./RacePicture.tsx";
import { story } from "./race.ts";

/** Puts a picture of these runs in the place of what was there, and plays it. */
export function drawRace(place: Element, runs: readonly Run[]): void {
  render(null, place);
  place.replaceChildren();
  const title = `Two runs in your browser, just now. ${story(runs)}`;
  render(<RacePictures runs={runs} title={title} />, place);
}
