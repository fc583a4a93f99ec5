import { readFile } from "node:fs/promises";

interface Manifest {
  code: { bytes: number };
  memory: { bytes: number };
}

/** What the workbench downloads on Start, as a sentence has it: `39 MB`. */
export async function downloadSize(): Promise<string> {
  const text = await readFile("public/boot/manifest.json", "utf8").catch(() => null);
  if (text === null) return "some tens of MB";
  const { code, memory } = JSON.parse(text) as Manifest;
  return `${Math.ceil((code.bytes + memory.bytes) / 1_000_000)} MB`;
}
