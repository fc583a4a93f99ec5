/** `npm run dev`: the boot image, then Astro's dev server. */
import { dev } from "astro";
import { ensureBootImage } from "./lib/boot-image.ts";

await ensureBootImage();
const server = await dev({ root: ".", logLevel: "warn" });
const { port } = server.address;
console.log(`Perform Later: open http://localhost:${port}/`);
