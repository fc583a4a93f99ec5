/** WebKitGTK through WebKitWebDriver, on a screen that nobody sees. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import type { BrowserDriver, BrowserKind } from "./driver.ts";
import { WebDriverSession } from "./webdriver.ts";

const DRIVER = "/usr/bin/WebKitWebDriver";
const SCREEN = "/usr/bin/Xvfb";
const browserPlaces = () => globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser").sort();

export const webkitKind: BrowserKind = {
  name: "WebKit",
  missing() {
    if (!existsSync(DRIVER) || browserPlaces().length === 0)
      return "There is no WebKitGTK here (Debian: webkit2gtk-driver).";
    if (!existsSync(SCREEN)) return "There is no virtual screen for WebKitGTK (Debian: xvfb).";
    return null;
  },
  // The driver sometimes dies while it starts.
  start: () => start().catch(() => start()),
};

async function start(): Promise<BrowserDriver> {
  const children: ChildProcess[] = [];
  try {
    const screen = startScreen();
    children.push(screen.child);
    const port = await freePort();
    children.push(startDriver(port, await screen.display));
    const session = await WebDriverSession.start(`http://127.0.0.1:${port}`, {
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: browserPlaces()[0], args: ["--automation"] },
    });
    return {
      open: (url) => session.open(url),
      read: (expression) => session.read(expression),
      close: async () => {
        await session.end().catch(() => {});
        end(children);
      },
    };
  } catch (error) {
    end(children);
    throw error;
  }
}

/** Xvfb chooses a free display and writes its number. */
function startScreen(): { child: ChildProcess; display: Promise<string> } {
  const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const child = spawn(SCREEN, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const display = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with status ${code}`)));
    let number = "";
    child.stdio[3]?.on("data", (data) => {
      number += String(data);
      if (number.includes("\n")) resolve(`:${number.trim()}`);
    });
  });
  return { child, display };
}

function startDriver(port: number, display: string): ChildProcess {
  const env = {
    ...process.env,
    DISPLAY: display,
    // What cross-origin isolation gives in Safari, WebKitGTK gives only when asked.
    JSC_useSharedArrayBuffer: "1",
    // With few cores it has one compiler thread. Its second compiler would take that for a minute
    // for Ruby's largest functions, and all other WebAssembly, new workers' too, would wait.
    JSC_useOMGJIT: "0",
    // Its sandbox does not work as root in a container.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  };
  return spawn(DRIVER, [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore" });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function end(children: ChildProcess[]): void {
  for (const child of children.reverse()) child.kill();
}
