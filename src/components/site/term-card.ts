import type { Term } from "../../course/glossary.ts";

const DELAY_MS = 250;
const GAP_PX = 6;

/**
 * The one card that shows a term's meaning while its link is pointed at or focused. It stays while
 * the pointer is on it, and Escape closes it (WCAG 2.2, 1.4.13).
 */
export class TermCard {
  readonly #card = document.createElement("div");
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#card.className = "term-card";
    this.#card.id = "term-card";
    this.#card.role = "tooltip";
    this.#card.popover = "manual";
    this.#card.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.#card.addEventListener("pointerleave", () => this.#later(() => this.hide()));
    document.body.append(this.#card);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.hide());
    document.addEventListener("scroll", () => this.hide(), { passive: true });
  }

  attach(link: HTMLAnchorElement, term: Term): void {
    link.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") this.#later(() => this.show(link, term));
    });
    link.addEventListener("pointerleave", () => this.#later(() => this.hide()));
    link.addEventListener("focus", () => this.show(link, term));
    link.addEventListener("blur", () => this.hide());
  }

  show(link: HTMLAnchorElement, { term, definition }: Term): void {
    this.hide();
    const name = document.createElement("b");
    name.textContent = term;
    this.#card.replaceChildren(name, ` ${definition}`);
    this.#card.showPopover();
    link.setAttribute("aria-describedby", this.#card.id);
    this.#place(link.getBoundingClientRect());
  }

  hide(): void {
    clearTimeout(this.#timer);
    for (const link of document.querySelectorAll(`[aria-describedby="${this.#card.id}"]`)) {
      link.removeAttribute("aria-describedby");
    }
    if (this.#card.matches(":popover-open")) this.#card.hidePopover();
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, DELAY_MS);
  }

  /** Below the link, or above it where there is no room; never out of the window. */
  #place(link: DOMRect): void {
    const { width, height } = this.#card.getBoundingClientRect();
    const below = link.bottom + GAP_PX;
    const top = below + height > innerHeight ? link.top - GAP_PX - height : below;
    const left = Math.max(GAP_PX, Math.min(link.left, innerWidth - width - GAP_PX));
    this.#card.style.top = `${Math.max(GAP_PX, top)}px`;
    this.#card.style.left = `${left}px`;
  }
}
