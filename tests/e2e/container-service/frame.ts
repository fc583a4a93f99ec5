/**
 * The page in the client's iframe: what StackBlitz's frame is to the unmodified client, its container being a
 * temporary folder and real Node processes of this machine, reached over HTTP (`service.ts`).
 */
import { expose, proxy } from "comlink";

/** None where the client wants no output. */
type Output = ((data: Uint8Array | null) => unknown) | undefined;

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

function remoteProcess(process: string, output: Output) {
  const base = `${process}/`;
  let typed: Promise<unknown> = Promise.resolve();
  const exit = follow(`${base}output`, output).then(() => post(`${base}exit`, {}));
  return proxy({
    get onExit() {
      return exit;
    },
    /** One after the other: HTTP alone does not keep the order. */
    write: (text: string) => {
      typed = typed.then(() => post(`${base}write`, text));
    },
    kill: () => void post(`${base}kill`, {}),
    resize: (size: unknown) => void post(`${base}resize`, size),
  });
}

async function follow(path: string, output: Output): Promise<void> {
  const reader = (await fetch(path)).body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    output?.(part.value);
  }
  output?.(null);
}

function remoteInstance(base: string) {
  // The real one ends with the page's memory.
  addEventListener("pagehide", () => navigator.sendBeacon(`${base}/teardown`));
  const ask =
    (op: string) =>
    (...args: unknown[]) =>
      post(`${base}/fs`, { op, args });
  return proxy({
    fs: () =>
      proxy({
        ...{ mkdir: ask("mkdir"), readdir: ask("readdir"), rename: ask("rename"), rm: ask("rm") },
        async writeFile(path: string, data: Uint8Array<ArrayBuffer> | string) {
          const url = `${base}/file?path=${encodeURIComponent(path)}`;
          const response = await fetch(url, { method: "PUT", body: data });
          if (!response.ok) throw new Error(await response.text());
        },
      }),
    previewScript: () => proxy({}),
    runtimeInfo: () => ({ path: "/bin", cwd: "/home/perform-later" }),
    async run(command: unknown, _stdout: unknown, _stderr: unknown, output: Output) {
      return remoteProcess(String(await post(`${base}/run`, command)), output);
    },
    teardown: () => post(`${base}/teardown`, {}),
  });
}

const { port1, port2 } = new MessageChannel();
expose({ build: async () => remoteInstance(String(await post("/build", {}))) }, port1);
parent.postMessage({ type: "init" }, "*", [port2]);
