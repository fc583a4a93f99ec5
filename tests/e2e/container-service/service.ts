/**
 * A stand-in for StackBlitz's service as a browser meets it: another origin, with the headers that a
 * cross-origin isolated page asks of a frame. Behind it lie the containers of
 * tests/sandbox/support/container-service.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build, type Rollup } from "vite";
import type { Faults } from "../../sandbox/support/container-service/faults.ts";
import { Instance } from "../../sandbox/support/container-service/instance.ts";
import { Processes } from "./processes.ts";

const HEADERS = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Cache-Control": "no-store",
};

export class FrameService {
  faults: Faults = {};
  /** What browsers have asked of it, as `GET /headless iframe`: the last is what it is for. */
  readonly requests: string[] = [];
  readonly instances = new Map<string, Instance>();
  readonly #processes = new Processes();
  readonly #server: Server;
  readonly #script: string;
  /** How many containers were ever built. */
  builds = 0;

  static async start(): Promise<FrameService> {
    const script = await bundleFrame();
    const service = new FrameService(script);
    await new Promise<void>((resolve) => service.#server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  private constructor(script: string) {
    this.#script = script;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response
          .writeHead(500, HEADERS)
          .end(error instanceof Error ? error.message : String(error));
      });
    });
  }

  /** Not `localhost`: the browser must take it for another site. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As when a tab's process hangs: all is there, and nothing answers. */
  freezeProcesses(): void {
    for (const { processes } of this.instances.values())
      for (const { child } of processes) child.kill("SIGSTOP");
  }

  async stop(): Promise<void> {
    await Promise.all([...this.instances.values()].map((instance) => instance.teardown()));
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const dest = request.headers["sec-fetch-dest"];
    this.requests.push(`${request.method} ${url.pathname} ${String(dest)}`);
    const json = (value: unknown) =>
      response.writeHead(200, HEADERS).end(JSON.stringify(value ?? null));
    const [, kind, id = "", action = ""] = url.pathname.split("/");
    if (kind === "headless") return void this.#page(response);
    if (kind === "frame.js") {
      await this.faults.hello;
      const headers = { ...HEADERS, "Content-Type": "text/javascript" };
      return void response.writeHead(200, headers).end(this.#script);
    }
    if (kind === "build") return void json(await this.#build());
    if (kind === "process" && action === "output") {
      response.writeHead(200, HEADERS);
      return this.#processes.follow(id, response);
    }
    const body = await read(request);
    if (kind === "process") return void json(await this.#processes.act(id, action, body));
    if (kind !== "container") return void response.writeHead(404, HEADERS).end();
    const instance = this.instances.get(id);
    if (!instance) throw new Error("There is no such container.");
    if (action === "file") {
      await instance.fs().writeFile(url.searchParams.get("path") ?? "", new Uint8Array(body));
      return void json(null);
    }
    return void json(await this.#container(instance, action, parsed(body)));
  }

  #page(response: ServerResponse): void {
    const script =
      this.faults.hello === "never" ? "" : '<script type="module" src="/frame.js"></script>';
    const headers = { ...HEADERS, "Content-Type": "text/html" };
    response.writeHead(200, headers).end(`<!doctype html><title>stand-in</title>${script}`);
  }

  async #build(): Promise<string> {
    if (this.faults.refuses) throw new Error(this.faults.refuses);
    const instance = await Instance.create(this.faults, () => this.instances.delete(id));
    const id = String(++this.builds);
    this.instances.set(id, instance);
    return `/container/${id}`;
  }

  async #container(instance: Instance, action: string, body: never): Promise<unknown> {
    if (action === "run") return this.#processes.run(instance, body);
    if (action === "teardown") return instance.teardown();
    const { op, args } = body as { op: "mkdir"; args: [string, object] };
    return instance.fs()[op](...args);
  }
}

function parsed(body: Buffer): never {
  return (body.length > 0 ? JSON.parse(body.toString()) : null) as never;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function bundleFrame(): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: path.join(import.meta.dirname, "frame.ts"),
        formats: ["es"],
        fileName: "frame",
      },
    },
  })) as Rollup.RollupOutput[];
  const [chunk] = result.flatMap(({ output }) => output);
  if (chunk?.type !== "chunk") throw new Error("The frame was not bundled.");
  return chunk.code;
}
