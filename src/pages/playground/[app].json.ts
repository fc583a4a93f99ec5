import type { APIRoute, GetStaticPaths } from "astro";
import { encodeFiles } from "../../course/lesson.ts";
import { loadStartingApps } from "../../course/node/load-playground.ts";
import { playgroundFiles } from "../../course/playground.ts";

export const getStaticPaths: GetStaticPaths = async () =>
  (await loadStartingApps()).map(({ app, files }) => ({
    params: { app: app.id },
    props: { files: encodeFiles(playgroundFiles(app.id, files)) },
  }));

/** The files of an app that the playground starts from. */
export const GET: APIRoute = ({ props }) => Response.json(props["files"]);
