/** The processes of the stand-in's containers, as its frame asks for them over HTTP. */
import type { ServerResponse } from "node:http";
import type { Instance } from "../../sandbox/support/container-service/instance.ts";
import type { TerminalProcess } from "../../sandbox/support/container-service/terminal-process.ts";

interface Running {
  process: TerminalProcess;
  /** Until the frame asks for the output. */
  early: (Uint8Array | null)[];
  response: ServerResponse | null;
}

export class Processes {
  readonly #running = new Map<string, Running>();
  #last = 0;

  /** The address of what was started. */
  run(instance: Instance, command: Parameters<Instance["run"]>[0]): string {
    const id = String(++this.#last);
    const running: Omit<Running, "process"> = { early: [], response: null };
    const process = instance.run(command, null, null, (data) => {
      if (running.response) send(running.response, data);
      else running.early.push(data);
    });
    this.#running.set(id, Object.assign(running, { process }));
    return `/process/${id}`;
  }

  /** Answers with the output as it comes, until the process has ended. */
  follow(id: string, response: ServerResponse): void {
    const running = this.#find(id);
    response.flushHeaders();
    running.response = response;
    for (const data of running.early.splice(0)) send(response, data);
  }

  async act(id: string, action: string, body: Buffer): Promise<number | null> {
    const { process } = this.#find(id);
    if (action === "exit") return process.onExit;
    if (action === "write") process.write(JSON.parse(body.toString()) as string);
    if (action === "kill") process.kill();
    return null;
  }

  #find(id: string): Running {
    const running = this.#running.get(id);
    if (!running) throw new Error("There is no such process.");
    return running;
  }
}

function send(response: ServerResponse, data: Uint8Array | null): void {
  if (data === null) response.end();
  else response.write(data);
}
