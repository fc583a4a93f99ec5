/** `npm run build`: the boot image and the WebContainer's program, then the site in `dist`. */
import { ensureBootImage } from "./lib/boot-image.ts";
import { mustRun } from "./lib/run.ts";
import { buildWebContainerRunner } from "./lib/webcontainer-runner.ts";

await ensureBootImage({ packing: "small" });
await buildWebContainerRunner();
await mustRun("astro", ["build"]);
