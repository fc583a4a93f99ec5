/** `npm run boot-image`: the files in public/boot/ that every sandbox starts from. */
import { ensureBootImage } from "./lib/boot-image.ts";

await ensureBootImage();
