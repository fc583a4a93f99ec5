/** `npm run dev`: the boot image and the WebContainer's program, then Astro's dev server. */
import { dev } from "astro";
import { ensureBootImage } from "./lib/boot-image.ts";
import { buildWebContainerRunner } from "./lib/webcontainer-runner.ts";

await ensureBootImage();
await buildWebContainerRunner();
const server = await dev({
  root: ".",
  logLevel: "warn",
  server: { port: Number(process.env["PORT"] ?? 4321) },
});
const { port } = server.address;
console.log(`Perform Later: open http://localhost:${port}/`);
