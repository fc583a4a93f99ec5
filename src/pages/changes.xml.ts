import { readFile } from "node:fs/promises";
import rss from "@astrojs/rss";
import type { APIRoute } from "astro";
import { parseChangelog } from "../course/changelog.ts";

/** The changelog as a feed: an entry for each version. */
export const GET: APIRoute = async ({ site, url }) => {
  const versions = parseChangelog(await readFile("CHANGELOG.md", "utf8"));
  return rss({
    title: "Perform Later",
    description: "Changes to the course on background jobs in Ruby on Rails.",
    site: site ?? url.origin,
    items: versions.map(({ version, date, html }) => ({
      title: version,
      description: html,
      link: import.meta.env.BASE_URL,
      ...(date && { pubDate: date }),
    })),
  });
};
