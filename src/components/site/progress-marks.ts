/** Elements that list lessons (`<li data-lesson="slug">`) and mark them with the learner's progress. */
import { lessonState, loadProgress, onProgress, type Progress } from "../../course/progress.ts";
import { pageStorage } from "../../workbench/session/page-storage.ts";

const SAYS = { new: "", started: ", started", done: ", done" } as const;

/** Keeps `data-progress` of each lesson true while the page is open, also when another tab changes it. */
class ProgressMarks extends HTMLElement {
  #stop: (() => void) | undefined;
  #read = () => this.show(loadProgress(pageStorage()));

  connectedCallback() {
    this.#read();
    this.#stop = onProgress((progress) => this.show(progress));
    addEventListener("storage", this.#read);
  }

  disconnectedCallback() {
    this.#stop?.();
    removeEventListener("storage", this.#read);
  }

  private show(progress: Progress) {
    const stops = [...this.querySelectorAll<HTMLElement>("[data-lesson]")];
    const states = stops.map((stop) => lessonState(progress, stop.dataset["lesson"] ?? ""));
    stops.forEach((stop, index) => {
      const state = states[index] ?? "new";
      stop.dataset["progress"] = state;
      const words = stop.querySelector("[data-state]");
      if (words) words.textContent = SAYS[state];
    });
    const count = this.querySelector("[data-done]");
    if (count) count.textContent = String(states.filter((state) => state === "done").length);
  }
}

customElements.define("course-nav", class extends ProgressMarks {});
customElements.define("course-map", class extends ProgressMarks {});
