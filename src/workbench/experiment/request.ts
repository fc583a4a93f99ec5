import type { Action } from "../../course/experiment-schema.ts";
import type { StepHost } from "./run-step.ts";

type RequestAction = Extract<Action, { request: string }>;

const ORIGIN = "http://localhost:3000";
const TOKEN = /name="authenticity_token" value="([^"]+)"/;

/** Sends the request, as a visitor's form would. Resolves to its status. */
export async function request(action: RequestAction, host: StepHost): Promise<{ status: string }> {
  const [method = "GET", path = "/"] = action.request.split(" ");
  const body = method === "GET" ? null : await formBody(action, host);
  const response = await host.sandbox.fetch(
    new Request(new URL(path, ORIGIN), { method, body, redirect: "manual" }),
  );
  await response.arrayBuffer();
  return { status: String(response.status) };
}

/** Fields with the token that Rails put into the form on `formOn`. */
async function formBody({ form = {}, formOn }: RequestAction, host: StepHost) {
  const fields = new URLSearchParams(form);
  if (formOn) {
    const page = await host.sandbox.fetch(new Request(new URL(formOn, ORIGIN)));
    const [, token] = TOKEN.exec(await page.text()) ?? [];
    if (token) fields.set("authenticity_token", token);
  }
  return fields;
}
