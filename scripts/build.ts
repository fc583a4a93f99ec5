/** `npm run build`: the boot image, then the site in `dist`. */
import { ensureBootImage } from "./lib/boot-image.ts";
import { mustRun } from "./lib/run.ts";

await ensureBootImage({ packing: "small" });
await mustRun("astro", ["build"]);
