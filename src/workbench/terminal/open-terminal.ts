/** A terminal (xterm.js) on the shell of the sandbox's host. Loaded when it is opened first. */
import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import type { Sandbox, SandboxShell, ShellSession } from "../../sandbox/sandbox.ts";
import { SANDBOX_COMMANDS } from "../shell/commands.ts";
import { runShellWords } from "../shell/shell.ts";
import { followTheme } from "./theme.ts";

const NAME = "Terminal. Escape, then Tab, leaves it.";

export interface OpenOptions {
  place: HTMLElement;
  shell: SandboxShell;
  sandbox: Sandbox;
  /** Something ran that may have changed the queue. */
  onRun(): void;
  /** Ends the shell and the terminal. */
  signal: AbortSignal;
}

/** Resolves with a sentence once the shell has ended; rejects when it does not start. */
export async function openTerminal(options: OpenOptions): Promise<string> {
  const { place, shell, sandbox, onRun, signal } = options;
  const terminal = new Terminal({
    convertEol: false,
    fontFamily: getComputedStyle(place).getPropertyValue("--font-code"),
    fontSize: 12,
    screenReaderMode: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(place);
  terminal.textarea?.setAttribute("aria-label", NAME);
  const stopFollowing = followTheme(place, (theme) => (terminal.options.theme = theme));
  const stopFitting = keepFitting(place, fit);
  leaveWithEscapeTab(terminal);
  const close = () => {
    stopFollowing();
    stopFitting();
    terminal.dispose();
  };
  try {
    const session = await shell.open({
      size: { cols: terminal.cols, rows: terminal.rows },
      commands: SANDBOX_COMMANDS,
      run: (words, ended) => runShellWords(words, sandbox, ended).finally(onRun),
    });
    signal.addEventListener("abort", () => session.close(), { once: true });
    if (signal.aborted) session.close();
    terminal.focus();
    const status = await connect(terminal, session);
    return `The shell has ended, with status ${status}.`;
  } finally {
    close();
  }
}

/** Until the shell ends. */
async function connect(terminal: Terminal, session: ShellSession): Promise<number> {
  terminal.onData((text) => session.write(text));
  terminal.onResize((size) => session.resize(size));
  const shown = session.output.pipeTo(
    new WritableStream({ write: (text) => new Promise((done) => terminal.write(text, done)) }),
  );
  const [status] = await Promise.all([session.exit, shown.catch(() => undefined)]);
  return status;
}

/** A hidden panel has no size, and then nothing is to be fitted. */
function keepFitting(place: HTMLElement, fit: FitAddon): () => void {
  const observer = new ResizeObserver(() => place.clientHeight > 0 && fit.fit());
  observer.observe(place);
  return () => observer.disconnect();
}

/** Tab belongs to the shell; after Escape it belongs to the page, so that nobody is held. */
function leaveWithEscapeTab(terminal: Terminal): void {
  let leaves = false;
  terminal.attachCustomKeyEventHandler(({ type, key }) => {
    if (type !== "keydown") return true;
    const leave = leaves && key === "Tab";
    leaves = key === "Escape" || (leaves && key === "Shift");
    return !leave;
  });
}
