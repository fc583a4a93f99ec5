import { bytes } from "../../workbench/format.ts";
import type { RaceProgress } from "../../workbench/race/live.ts";
import { startFailure } from "../../workbench/start/failure.ts";
import { surroundings, whatIsMissing } from "../../workbench/start/isolation.ts";
import { STEPS } from "../../workbench/start/steps.ts";
import { story } from "./race.ts";

const RUN_LIVE = "One line apart: two runs in your browser, just now";

/**
 * Lets the picture play once more, and runs its race for real: engine and Preact are loaded when that is asked for.
 */
class RaceFigure extends HTMLElement {
  #running: AbortController | null = null;
  #says = "";

  connectedCallback(): void {
    this.#says ||= this.#part(".status").textContent;
    this.#part("[data-do=run]").onclick = () => void this.#run();
    this.#part("[data-do=cancel]").onclick = () => this.#running?.abort();
    this.#part("[data-do=play]").onclick = () => this.#play();
  }

  disconnectedCallback(): void {
    this.#running?.abort();
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`The picture of the race has no ${selector}.`);
    return part;
  }

  #play(): void {
    for (const animation of this.getAnimations({ subtree: true })) {
      animation.cancel();
      animation.play();
    }
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    const missing = whatIsMissing(surroundings());
    if (missing) return this.#say(missing);
    const { signal } = (this.#running = new AbortController());
    this.#show("Running…");
    this.#say(STEPS[0]?.label ?? "");
    try {
      this.#say(await this.#race(signal));
      this.#show("Run again");
    } catch (error) {
      const why = () => `It did not run: ${startFailure(error, navigator.onLine !== false, "")}`;
      this.#say(signal.aborted ? this.#says : why());
      this.#show(signal.aborted ? "Run it here" : "Retry");
    }
  }

  /** Resolves with what happened, once it is drawn. */
  async #race(signal: AbortSignal): Promise<string> {
    const { files = "", image = "" } = this.dataset;
    const [{ runRaceInTab }, { drawRace }] = await Promise.all([
      import("../../workbench/race/browser.ts"),
      import("./draw-race.tsx"),
    ]);
    signal.throwIfAborted();
    const where = { filesUrl: files, imageUrl: image };
    const runs = await runRaceInTab(where, signal, (progress) => {
      if (!signal.aborted) this.#tell(progress);
    });
    drawRace(this.#part(".pictures"), runs);
    this.#part("figcaption").textContent = RUN_LIVE;
    return story(runs);
  }

  #tell(progress: RaceProgress): void {
    if ("callback" in progress) {
      const loading = progress.step === "loading code";
      const what = loading ? "Loading the app’s code" : "Sending the request to the app";
      return this.#say(`${what}, with ${progress.callback}`);
    }
    const label = STEPS.find(({ step }) => step === progress.step)?.label;
    const { doneBytes, totalBytes } = progress;
    if (label)
      this.#say(label, totalBytes > 0 ? `${bytes(doneBytes)} of ${bytes(totalBytes)}` : "");
  }

  /** @param amount how far it is: to be seen, but not announced each time that it changes */
  #say(text: string, amount = ""): void {
    const status = this.#part(".status");
    if (status.textContent !== text) status.textContent = text;
    this.#part(".amount").textContent = amount && `: ${amount}`;
  }

  /** The buttons while it runs, or once it has ended. */
  #show(label: string): void {
    const running = label === "Running…";
    if (!running) this.#running = null;
    const run = this.#part("[data-do=run]");
    const cancel = this.#part("[data-do=cancel]");
    run.textContent = label;
    run.setAttribute("aria-disabled", String(running));
    if (document.activeElement === cancel) run.focus();
    cancel.hidden = !running;
    this.#part("[data-do=play]").hidden = running;
  }
}

customElements.define("race-figure", RaceFigure);
