/**
 * A stand-in for StackBlitz's service, for the unmodified client of @webcontainer/api: as much of a page as
 * the client needs (a window that gets messages, a body that takes an iframe), and behind the iframe real
 * Node processes in a temporary folder. It proves how our host uses the client; it proves nothing about
 * the real container's Node, memory or speed.
 */
import { setMaxListeners } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { expose, proxy, type Endpoint } from "comlink";
import { Instance } from "./instance.ts";
import type { Faults } from "./faults.ts";

const globals = globalThis as Record<string, unknown>;

export class ContainerService {
  /** May be changed between boots. */
  faults: Faults = {};
  /** Addresses of the frames that the client has put into the page. */
  readonly frames: string[] = [];
  /** Containers that were built and not torn down. */
  readonly instances = new Set<Instance>();
  #builds = 0;
  readonly #waiting: ((value: unknown) => void)[] = [];
  readonly #window = new EventTarget();
  readonly #server: Server;
  readonly origin: string;

  static async start(): Promise<ContainerService> {
    setMaxListeners(0); // the client's Comlink listens once for every call under way
    const server = createServer((_request, response) => response.end("a page of the service"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ContainerService(server);
  }

  constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    globals["WEBCONTAINER_API_IFRAME_URL"] = this.origin;
    globals["window"] = Object.assign(this.#window, {
      crossOriginIsolated: true,
      location: { host: "localhost:4321" },
    });
    globals["document"] = {
      createElement: () => ({ style: {}, setAttribute: () => undefined, src: "" }),
      body: { insertBefore: (frame: { src: string }) => void this.#load(frame.src) },
    };
  }

  /** Resolves once the client's frame is in the page. */
  async framed(): Promise<void> {
    while (this.frames.length === 0) await this.#change();
  }

  /** How many containers were ever asked for. */
  get builds(): number {
    return this.#builds;
  }

  /** Resolves once there is a container. */
  async built(): Promise<void> {
    while (this.#builds === 0) await this.#change();
  }

  /** Resolves once every container has been torn down. */
  async torndown(): Promise<void> {
    while (this.instances.size > 0) await this.#change();
  }

  /** As when the browser takes back the memory of a process. */
  killProcesses(): void {
    for (const { processes } of this.instances)
      for (const { child } of processes) child.kill("SIGKILL");
  }

  /** As when a tab's process hangs: all is there, and nothing answers. */
  freezeProcesses(): void {
    for (const { processes } of this.instances)
      for (const { child } of processes) child.kill("SIGSTOP");
  }

  /** Part of a message of the runner's is lost on its way. */
  damageMessages(): void {
    for (const { processes } of this.instances)
      for (const process of processes) process.garble("\n>pl.9:{\n");
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.instances].map((instance) => instance.teardown()));
    for (const name of ["WEBCONTAINER_API_IFRAME_URL", "window", "document"]) delete globals[name];
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What a network does that lets nothing through. */
  refuseConnections(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #change(): Promise<unknown> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }

  async #load(src: string): Promise<void> {
    this.frames.push(src);
    this.#changed();
    const { hello } = this.faults;
    if (hello === "never") return;
    await hello;
    const { port1, port2 } = new MessageChannel();

    expose({ build: () => this.#build() }, port1 as unknown as Endpoint);
    const data = { type: "init" };
    const message = Object.assign(new Event("message"), { origin: this.origin, data });
    this.#window.dispatchEvent(Object.assign(message, { ports: [port2] }));
  }

  async #build(): Promise<unknown> {
    const { refuses } = this.faults;
    if (refuses) throw new Error(refuses);
    const instance = await Instance.create(this.faults, () => {
      this.instances.delete(instance);
      this.#changed();
    });
    this.instances.add(instance);
    this.#builds += 1;
    this.#changed();
    return proxy(instance);
  }
}
