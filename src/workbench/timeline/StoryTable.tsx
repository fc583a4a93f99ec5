import { clockTime } from "../format.ts";
import { storyOf } from "./model/story.ts";
import type { TimelineView } from "./view/view.ts";

/** The latest run as a table: the same as the drawing, for those who would rather read it. */
export function StoryTable({ view }: { view: TimelineView }) {
  void view.version.value;
  const run = view.run.value;
  const lines = run ? storyOf(view.state, run) : [];
  if (lines.length === 0) return <p class="wb-empty">Nothing has run yet.</p>;
  return (
    <div class="wb-scroll" tabIndex={0} role="region" aria-label="The latest run as a table">
      <table class="wb-table tl-story">
        <caption class="sr-only">The latest run, in order</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Where</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ time, where, what }, index) => (
            <tr key={index}>
              <td class="num">{clockTime(time)}</td>
              <td>{where}</td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
