import { readFile } from "node:fs/promises";

interface Manifest {
  code: { bytes: number };
  memory: { bytes: number };
  databases: { bytes: number };
  versions: { ruby: string; rails: string; solidQueue: string; sqlite: string };
}

/** What the boot image says of itself; `npm run build` and `npm run dev` make it first. */
async function readManifest(): Promise<Manifest> {
  const text = await readFile("public/boot/manifest.json", "utf8").catch(() => {
    throw new Error("There is no boot image yet: run `npm run boot-image`.");
  });
  return JSON.parse(text) as Manifest;
}

/** What the workbench downloads on Start, as a sentence has it: `39 MB`. */
export async function downloadSize(): Promise<string> {
  const { code, memory, databases } = await readManifest();
  return `${Math.round((code.bytes + memory.bytes + databases.bytes) / 1_000_000)} MB`;
}

/** The versions of what really runs in the sandbox. */
export async function versions(): Promise<Manifest["versions"]> {
  return (await readManifest()).versions;
}
