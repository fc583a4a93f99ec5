/** Addresses below the folder that the site is served from. */
export function siteHref(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}${path}`;
}

/** Pages besides the lessons, as navigation and footer list them. */
export const SITE_LINKS = [
  { label: "Playground", href: siteHref("/playground/") },
  { label: "Glossary", href: siteHref("/glossary/") },
  { label: "Your progress", href: siteHref("/progress/") },
  { label: "How it works", href: siteHref("/about/") },
];
