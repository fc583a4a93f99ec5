/**
 * The one script that runs in the frame. It is turned into text and put into the page, so it may
 * use nothing from outside its own body.
 * @param nonce of this load, sent with every message
 * @param parentOrigin the only origin that may read the messages
 */
export function guest(nonce: string, parentOrigin: string): void {
  const send = (message: object, transfer: Transferable[] = []) =>
    window.parent.postMessage({ ...message, nonce }, parentOrigin, transfer);

  document.addEventListener("click", (event) => {
    const parts = (event.target as Element | null)?.closest?.("[data-app-parts]");
    if (parts) {
      event.preventDefault();
      return turn(JSON.parse(parts.getAttribute("data-app-parts") ?? "[]") as string[]);
    }
    const link = (event.target as Element | null)?.closest?.("a[href], area[href]");
    if (!link || event.defaultPrevented) return;
    const href = link.getAttribute("href") ?? "";
    event.preventDefault();
    const place = link.getAttribute("data-app-place");
    if (place !== null) {
      const colon = place.lastIndexOf(":");
      const line = Number(place.slice(colon + 1));
      return send({ type: "open", path: place.slice(0, colon), line });
    }
    // In a srcdoc frame "#here" would resolve against the parent's address, and load it.
    if (href.startsWith("#")) return document.getElementById(href.slice(1))?.scrollIntoView();
    send({ type: "navigate", href });
  });

  /** Parts of Rails' error page: see handlers.ts. */
  function turn(parts: string[]) {
    for (const part of parts) {
      const element = document.getElementById(part.slice(1));
      if (!element) continue;
      const isHidden = getComputedStyle(element).display === "none";
      const shown = part.startsWith("+") || (part.startsWith("~") && isHidden);
      if (shown) element.classList.remove("hidden");
      element.style.display = shown ? "block" : "none";
    }
  }

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    void submit(form, event.submitter as HTMLButtonElement | HTMLInputElement | null);
  });

  async function submit(
    form: HTMLFormElement,
    submitter: HTMLButtonElement | HTMLInputElement | null,
  ) {
    const attribute = (name: string) =>
      submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
    const transfer: ArrayBuffer[] = [];
    const entries: [string, unknown][] = [];
    for (const [name, value] of new FormData(form, submitter)) {
      if (typeof value === "string") {
        entries.push([name, value]);
      } else {
        const bytes = await value.arrayBuffer();
        transfer.push(bytes);
        entries.push([name, { name: value.name, type: value.type, bytes }]);
      }
    }
    const method = attribute("method").toLowerCase() === "post" ? "post" : "get";
    const enctype = attribute("enctype");
    send({ type: "submit", action: attribute("action"), method, enctype, entries }, transfer);
  }
}
