import type { WebContainerOffer } from "../workbench/host/hosts.ts";
import { siteHref } from "./site/site-links.ts";

/**
 * How this build offers StackBlitz's WebContainer, from the environment: `WEBCONTAINER=off npm run build` leaves
 * it out; `WEBCONTAINER_API_KEY` is the site's key, which is no secret: it stands in every page.
 */
export function webContainerOffer(): WebContainerOffer | null {
  if (process.env["WEBCONTAINER"] === "off") return null;
  return {
    runnerUrl: siteHref("/webcontainer/"),
    apiKey: process.env["WEBCONTAINER_API_KEY"] ?? "",
  };
}
