import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { isRecord } from "../storage.ts";

const BLOCK = /^---\n([\s\S]*?)^---$/m;

/** What stands between the dashes at the head of an MDX file; empty where there is no such file. */
export async function frontMatter(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const [, block] = BLOCK.exec(text) ?? [];
  const data: unknown = block === undefined ? {} : parse(block);
  return isRecord(data) ? data : {};
}
