import type { APIRoute, GetStaticPaths } from "astro";
import { lessonLinks, slugOf } from "../../components/lessons.ts";
import { drawCard, type Card } from "../../components/site/social-card.ts";
import { partOf } from "../../course/outline.ts";

/** A picture for links to the site: `/cards/home.png`, and one for each lesson by its slug. */
export const getStaticPaths = (async () => {
  const home = {
    eyebrow: "An interactive course",
    title: "Learn Rails background jobs by running real ones",
  };
  const lessons = (await lessonLinks()).map(({ id, number, title }) => ({
    params: { name: slugOf(id) },
    props: { eyebrow: `Lesson ${number} · ${partOf(number).title}`, title } satisfies Card,
  }));
  return [{ params: { name: "home" }, props: home }, ...lessons];
}) satisfies GetStaticPaths;

export const GET: APIRoute<Card> = async ({ props }) =>
  new Response(await drawCard(props), { headers: { "content-type": "image/png" } });
