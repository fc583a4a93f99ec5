/**
 * `bin/rails`, `bin/jobs` and their like for the container's shell: small programs that ask this process, over
 * HTTP on the loopback, to have a command done. It passes the words on to the page, which does it.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import * as z from "zod/mini";
import type { ShellAnswer } from "../sandbox.ts";
import type { RunnerMessage } from "./messages.ts";

/** Whoever is in the shell can read the token and ask for anything: what is no command must not reach the page. */
const WORDS = z.array(z.string());
const LOOPBACK = "127.0.0.1";

/** What such a program is. It is written for Node's CommonJS: a file in `bin/` has no extension. */
function program(name: string, port: number, token: string): string {
  return `#!/usr/bin/env node
// Asks the sandbox, which runs beside this shell.
const words = [${JSON.stringify(name)}, ...process.argv.slice(2)];
const options = { host: "${LOOPBACK}", port: ${port}, method: "POST", headers: { token: "${token}" } };
const request = require("node:http").request(options, (response) => {
  let text = "";
  response.setEncoding("utf8").on("data", (part) => (text += part));
  response.on("end", () => {
    const { output, failed } = JSON.parse(text);
    if (output) (failed ? process.stderr : process.stdout).write(output.replace(/\\n?$/, "\\n"));
    process.exitCode = failed ? 1 : 0;
  });
});
request.on("error", (error) => {
  console.error("The sandbox does not answer: " + error.message);
  process.exitCode = 1;
});
process.on("SIGINT", () => process.exit(130));
request.end(JSON.stringify(words));
`;
}

export class ShellCommands {
  readonly #send: (message: RunnerMessage) => void;
  readonly #waiting = new Map<number, (answer: ShellAnswer) => void>();
  readonly #token = randomBytes(16).toString("hex");
  readonly #server: Server;
  #last = 0;

  constructor(send: (message: RunnerMessage) => void) {
    this.#send = send;
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.writeHead(400).end());
    });
  }

  /** Resolves with the programs, by file name. */
  async start(names: readonly string[]): Promise<Record<string, string>> {
    if (!this.#server.listening)
      await new Promise<void>((resolve, reject) =>
        this.#server.once("error", reject).listen(0, LOOPBACK, resolve),
      );
    const { port } = this.#server.address() as AddressInfo;
    return Object.fromEntries(
      names.map((name) => [basename(name), program(name, port, this.#token)]),
    );
  }

  /** The page has done what was asked. */
  answer(id: number, answer: ShellAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers["token"] !== this.#token) return void response.writeHead(403).end();
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part as string;
    const words = WORDS.parse(JSON.parse(text));
    const id = ++this.#last;
    this.#waiting.set(id, (answer) => response.end(JSON.stringify(answer)));
    // Ctrl-C ended the program that asked.
    response.on("close", () => {
      if (this.#waiting.delete(id)) this.#send({ type: "command-ended", id });
    });
    this.#send({ type: "command", id, words });
  }
}
