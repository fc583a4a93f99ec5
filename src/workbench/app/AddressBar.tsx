import { useEffect, useState } from "preact/hooks";
import type { AppBrowser } from "./browser.ts";
import { APP_ORIGIN } from "./requests.ts";

/** Back, forward, reload and the address. */
export function AddressBar({ browser }: { browser: AppBrowser }) {
  const [typed, setTyped] = useState(browser.address.value);
  const shown = browser.address.value;
  useEffect(() => setTyped(shown), [shown]);

  const button = (name: string, sign: string, act: () => Promise<void>, enabled = true) => (
    <button
      type="button"
      class="wb-btn small"
      aria-label={name}
      title={name}
      disabled={!enabled}
      onClick={() => void act()}
    >
      {sign}
    </button>
  );

  return (
    <form
      class="wb-row"
      onSubmit={(event) => {
        event.preventDefault();
        // One that was refused is named by the error, and the page that is shown by its own address.
        void browser.visit(typed).then((opened) => !opened && setTyped(browser.address.value));
      }}
    >
      {button("Back", "←", browser.back, browser.canGoBack.value)}
      {button("Forward", "→", browser.forward, browser.canGoForward.value)}
      {button("Reload", "↻", browser.reload)}
      <label class="sr-only" for="wb-address">
        Address in the app
      </label>
      <span class="wb-address">
        <span aria-hidden="true">{APP_ORIGIN.replace("http://", "")}</span>
        <input
          id="wb-address"
          class="wb-input code"
          value={typed}
          spellcheck={false}
          autocapitalize="off"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </span>
      <span role="status" class="wb-quiet">
        {browser.loading.value ? "Loading" : ""}
      </span>
    </form>
  );
}
