/** Downloads the runner's files: what `scripts/lib/webcontainer-runner.ts` has put into public/webcontainer/. */
import * as z from "zod/mini";
import { BootError } from "../sandbox.ts";

const name = (pattern: RegExp) => z.string().check(z.regex(pattern));
const LIST = z.object({
  folder: name(/^runner\.[0-9a-f]+$/),
  files: z.array(name(/^[\w.-]+$/)),
});

/** @throws {z.core.$ZodError} */
export function parseRunnerList(value: unknown): z.infer<typeof LIST> {
  return LIST.parse(value);
}

/**
 * Rejects with BootError, whose message is for the learner, or with the signal's reason.
 * @param baseUrl the folder of files.json, with a slash at its end
 */
export async function fetchRunner(
  baseUrl: string,
  signal: AbortSignal,
): Promise<Record<string, Uint8Array>> {
  try {
    const list = await get(new URL("files.json", baseUrl), { signal, cache: "no-cache" });
    const { folder, files } = parseRunnerList(await list.json());
    const entries = files.map(async (file) => {
      const response = await get(new URL(`${folder}/${file}`, baseUrl), { signal });
      return [file, new Uint8Array(await response.arrayBuffer())] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const message = error instanceof Error ? error.message : String(error);
    const said = `The program for the WebContainer did not download (${message}). Try again.`;
    throw new BootError(said, { cause: error });
  }
}

async function get(url: URL, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url.pathname}`);
  return response;
}
