import type { Action } from "../../course/experiment-schema.ts";
import type { StepHost } from "./run-step.ts";

type RequestAction = Extract<Action, { request: string }>;

/** What a request gave, and what another visitor's did who came right after it. */
export interface Answers {
  status: string;
  /** Seconds until the answer had arrived. */
  seconds: string;
  /** Seconds that the other visitor waited. */
  meanwhile?: string;
  /** Which was answered first: `request` or `meanwhile`. */
  first?: string;
}

const ORIGIN = "http://localhost:3000";
const TOKEN = /name="authenticity_token" value="([^"]+)"/;

/** Sends the request, as a visitor's form would, and with it the other visitor's, if there is one. */
export async function request(action: RequestAction, host: StepHost): Promise<Answers> {
  const [method = "GET", path = "/"] = action.request.split(" ");
  const body = method === "GET" ? null : await formBody(action, host);
  const answered: string[] = [];
  const send = async (name: string, target: string, init: RequestInit) => {
    const startedAt = performance.now();
    const response = await host.sandbox.fetch(new Request(new URL(target, ORIGIN), init));
    await response.arrayBuffer();
    answered.push(name);
    return {
      status: String(response.status),
      seconds: ((performance.now() - startedAt) / 1000).toFixed(1),
    };
  };

  const mine = send("request", path, { method, body, redirect: "manual" });
  if (action.meanwhile === undefined) return mine;
  const [answer, other] = await Promise.all([mine, send("meanwhile", action.meanwhile, {})]);
  return { ...answer, meanwhile: other.seconds, first: answered[0] ?? "" };
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
