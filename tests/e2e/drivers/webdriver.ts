/** As much of the W3C WebDriver protocol as the smoke test needs. */
export class WebDriverSession {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /** Waits until the driver listens, which takes it a moment, and has it start the browser. */
  static async start(driver: string, capabilities: object): Promise<WebDriverSession> {
    await untilListening(driver);
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId } = (await send("POST", `${driver}/session`, body)) as { sessionId: string };
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  async open(url: string): Promise<void> {
    await send("POST", `${this.#address}/url`, { url });
  }

  /** The value of an expression in the page. */
  read(expression: string): Promise<unknown> {
    const body = { script: `return ${expression}`, args: [] };
    return send("POST", `${this.#address}/execute/sync`, body);
  }

  async end(): Promise<void> {
    await send("DELETE", this.#address);
  }
}

async function send(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver: ${error}: ${message}`);
}

async function untilListening(driver: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const status = await fetch(`${driver}/status`).catch(() => null);
    if (status?.ok) return;
    if (attempt === 100) throw new Error("The WebDriver does not listen");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
