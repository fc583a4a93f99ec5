/** The WebContainer host's runner, built once for a test file from the sources as they are. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildWebContainerRunner } from "../../../scripts/lib/webcontainer-runner.ts";
import { parseRunnerList } from "../../../src/sandbox/webcontainer/fetch-runner.ts";

const FOLDER = fileURLToPath(new URL("../../../public/webcontainer/", import.meta.url));

async function readRunner(): Promise<Record<string, Uint8Array>> {
  const list = JSON.parse(await readFile(`${FOLDER}files.json`, "utf8")) as unknown;
  const { folder, files } = parseRunnerList(list);
  const entries = files.map(
    async (name) => [name, await readFile(`${FOLDER}${folder}/${name}`)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

let runner: Promise<Record<string, Uint8Array>> | undefined;

export function loadRunner(): Promise<Record<string, Uint8Array>> {
  return (runner ??= buildWebContainerRunner().then(readRunner));
}
