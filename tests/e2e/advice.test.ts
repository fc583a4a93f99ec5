import { expect, test } from "vitest";
import { openPage } from "./support/site.ts";

test("a questionnaire advises once all is answered, and again when an answer changes", async () => {
  const { page, errors } = await openPage("/lessons/choosing-a-backend/");
  const form = page.getByRole("region", { name: "Which backend for your app?" });
  const found = form.getByRole("status");
  const answer = (question: string, name: string) =>
    form.getByRole("group", { name: question }).getByRole("radio", { name, exact: true }).check();

  expect((await found.innerText()).trim()).toBe("0 of 4 answered.");
  await answer("Where does the app keep its data?", "PostgreSQL");
  await answer("Does somebody operate Redis for it already?", "no");
  await answer("How many jobs come in", "up to some hundreds in a second");
  expect((await found.innerText()).trim()).toBe("3 of 4 answered.");
  await answer("Must a job be stored", "no, after the commit will do");
  expect(await found.innerText()).toMatch(/^Solid Queue, with Mission Control Jobs/);
  await answer("Must a job be stored", "yes");
  expect(await found.innerText()).toMatch(/^GoodJob, or Solid Queue in your own database/);
  expect(errors).toEqual([]);
});
