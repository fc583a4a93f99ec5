/** `npm run preview`: the built site, with the headers that a host must send. */
import { serveStatic } from "./lib/static-server.ts";

const server = await serveStatic("dist", Number(process.env["PORT"] ?? 4321), {
  compress: true,
});
console.log(`Perform Later, as built: open ${server.url}/`);
