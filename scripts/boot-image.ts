/** `npm run boot-image`: the files in public/boot/ that every sandbox starts from; `-- --small` as learners get them. */
import { ensureBootImage, verifyBootImage } from "./lib/boot-image.ts";

await ensureBootImage({ packing: process.argv.includes("--small") ? "small" : "fast" });
// Builds it once more from the same inputs: the bytes must be the same.
if (process.argv.includes("--verify")) await verifyBootImage();
