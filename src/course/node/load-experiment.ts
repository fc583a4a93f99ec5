import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { prettifyError } from "zod";
import { experimentSchema, type Experiment } from "../experiment-schema.ts";

/**
 * Reads an `experiment.yml`; no steps where there is no file.
 * @throws Error naming the file and each thing in it that is not as the schema wants it
 */
export async function loadExperiment(file: string): Promise<Experiment> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { steps: {} };
  const result = experimentSchema.safeParse(parse(text));
  if (!result.success) throw new Error(`${file}\n${prettifyError(result.error)}`);
  return result.data;
}
