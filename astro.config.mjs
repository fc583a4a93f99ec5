// @ts-check
import { fileURLToPath } from "node:url";
import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { HEADERS } from "./src/headers.ts";
import { grammars } from "./scripts/astro/grammars.ts";
import { headersIntegration } from "./scripts/astro/headers.ts";
import { darkCodeTheme, lightCodeTheme } from "./src/theme/code-theme.ts";

/** Where the site will be served: `SITE_URL=https://example.org/course npm run build`. */
const address = new URL(process.env["SITE_URL"] ?? "http://localhost:4321");
/** The repository's page for editing files, ending in a slash; without it there is no edit link. */
const editUrl = process.env["EDIT_URL"];

export default defineConfig({
  site: address.origin,
  base: address.pathname,
  server: { headers: { ...HEADERS } },
  trailingSlash: "ignore",
  devToolbar: { enabled: false },
  vite: {
    plugins: [grammars()],
    resolve: {
      alias: {
        // Monaco's styles as one file: Astro drops those of modules that only an island imports.
        "monaco-styles": fileURLToPath(
          new URL("node_modules/monaco-editor/min/vs/editor", import.meta.url),
        ),
      },
    },
    worker: { format: "es" },
    // The engine's packages load their .wasm by URL; pre-bundling would break those URLs.
    // Those that only a worker or a later choice imports must be named: found late, they would reload the page.
    optimizeDeps: {
      exclude: ["@sqlite.org/sqlite-wasm", "@cf-wasm/photon"],
      include: [
        "@bjorn3/browser_wasi_shim",
        "@ruby/wasm-wasi",
        "@webcontainer/api",
        "@xterm/addon-fit",
        "@xterm/xterm",
        "xz-decompress",
      ],
    },
  },
  integrations: [
    starlight({
      title: "Perform Later",
      description:
        "Background jobs in Ruby on Rails, learned on a Rails that runs in your browser.",
      customCss: [
        "./src/styles/fonts.css",
        "./src/styles/tokens.css",
        "./src/styles/starlight.css",
      ],
      components: {
        SiteTitle: "./src/components/site/SiteTitle.astro",
        Sidebar: "./src/components/site/CourseNav.astro",
        PageTitle: "./src/components/site/PageTitle.astro",
        Footer: "./src/components/site/Footer.astro",
        Head: "./src/components/site/Head.astro",
      },
      disable404Route: true,
      sidebar: [{ label: "Lessons", items: [{ autogenerate: { directory: "lessons" } }] }],
      tableOfContents: false,
      credits: false,
      ...(editUrl && { editLink: { baseUrl: editUrl } }),
      expressiveCode: {
        themes: [lightCodeTheme, darkCodeTheme],
        styleOverrides: {
          borderRadius: "8px",
          codeFontFamily: "var(--font-code)",
          codeFontSize: "var(--text-code)",
          uiFontFamily: "var(--font-text)",
        },
      },
    }),
    preact(),
    headersIntegration(),
  ],
});
