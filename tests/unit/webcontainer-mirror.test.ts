/** The page's copy of what the runner told: it stays small however long the run is. */
import { expect, test } from "vitest";
import type { Mail } from "../../src/sandbox/sandbox.ts";
import { Mirror } from "../../src/sandbox/webcontainer/mirror.ts";

const mail = (id: number) => ({ id, subject: `Mail ${id}`, html: null, text: "" }) as Mail;

test("keeps the newest 1,000 mails", () => {
  const mirror = new Mirror();
  for (let id = 1; id <= 1_500; id++) mirror.take({ mails: [mail(id)] });
  expect(mirror.mails).toHaveLength(1_000);
  expect(mirror.mails.at(0)?.id).toBe(501);
  expect(mirror.mails.at(-1)?.id).toBe(1_500);
});
