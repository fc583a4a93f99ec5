import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";
import { alive, present } from "./support/stream.ts";

const PICTURE = fileURLToPath(
  new URL("../../src/sandbox/base-app/test/fixtures/files/sunset.jpg", import.meta.url),
);

const FILES = {
  "app/controllers/notes_controller.rb": `
    class NotesController < ApplicationController
      def index
        session[:visits] = session[:visits].to_i + 1
        render plain: "visit #{session[:visits]}, flash #{flash[:notice].inspect}"
      end
      def create = redirect_to("/notes", notice: "kept")
      def bytes = send_data([ 0, 255, 13, 10, 0, 128 ].pack("C*"), type: "application/octet-stream")
      def crash = raise("a broken action")
      def leave = exit!(3)
      def slow
        Sandbox::Events.emit "code.reloaded", paths: [ "in slow" ] if params[:announced]
        sleep params[:seconds].to_f
        render plain: "slept"
      end
    end`,
  "config/routes.rb": `
    Rails.application.routes.draw do
      resources :photos, only: %i[ index show create destroy ] do
        get ":variant", on: :member, to: "photo_files#show", as: :file, constraints: { variant: /image|thumbnail|filtered/ }
      end
      get "notes", to: "notes#index"
      post "notes", to: "notes#create"
      { "name" => [ 200, { "x y" => "1" }, [] ], "value" => [ 200, { "x" => "\\xff" }, [ "fine" ] ],
        "status" => [ nil, {}, [] ], "nothing" => nil, "body" => [ 200, {}, [ nil ] ],
        "away" => [ 302, { "location" => "http://[" }, [] ]
      }.each { |path, answer| get "odd/#{path}", to: ->(_) { answer } }
      %w[ bytes crash leave slow ].each { |action| get action, to: "notes##{action}" }
      root "photos#index"
    end`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
});
afterAll(() => sandbox.dispose());

function request(path: string, options: RequestInit = {}): Promise<Response> {
  return sandbox.fetch(new Request(`http://localhost:3000${path}`, options));
}

async function token(): Promise<string> {
  const page = await (await request("/")).text();
  const found = /name="csrf-token" content="([^"]+)"/.exec(page)?.[1];
  if (found === undefined) throw new Error("The page has no authenticity token");
  return found;
}

test("the session lives in a cookie that is kept between requests", async () => {
  expect(await (await request("/notes")).text()).toContain("visit 1");
  expect(await (await request("/notes")).text()).toContain("visit 2");
});

test("a redirect is followed, with the flash, and says where it led", async () => {
  const body = new URLSearchParams({ authenticity_token: await token() });
  const response = await request("/notes", { method: "POST", body });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-sandbox-url")).toBe("http://localhost:3000/notes");
  expect(await response.text()).toContain('flash "kept"');
  expect(await (await request("/notes")).text()).toContain("flash nil");
});

test("a redirect is returned as it is when asked for", async () => {
  const body = new URLSearchParams({ authenticity_token: await token() });
  const response = await request("/notes", { method: "POST", body, redirect: "manual" });
  expect(response.status).toBe(302);
  expect(response.headers.get("location")).toBe("http://localhost:3000/notes");
});

test("a form without its token is refused", async () => {
  const response = await request("/notes", { method: "POST", body: new URLSearchParams() });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("InvalidAuthenticityToken");
});

test("a picture is uploaded and comes back byte for byte", async () => {
  const picture = await readFile(PICTURE);
  const form = new FormData();
  form.set("authenticity_token", await token());
  form.set("photo[title]", "Sunset “at” sea 🌅");
  form.set("photo[image]", new File([picture], "sunset.jpg", { type: "image/jpeg" }));
  const page = await request("/photos", { method: "POST", body: form });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Sunset “at” sea 🌅");
  const image = await request("/photos/1/image");
  expect(image.headers.get("content-type")).toBe("image/jpeg");
  expect(Buffer.from(await image.arrayBuffer()).equals(picture)).toBe(true);
});

test("bytes that are no text survive", async () => {
  const response = await request("/bytes");
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 13, 10, 0, 128]);
});

test("HEAD has the headers and no body", async () => {
  const response = await request("/notes", { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("an unknown path is 404, and the page says so", async () => {
  const response = await request("/nowhere");
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("No route matches");
});

test("an error is a 500 page that names the learner's file and line", async () => {
  const response = await request("/crash");
  expect(response.status).toBe(500);
  const page = await response.text();
  expect(page).toContain("a broken action");
  expect(page).toContain("app/controllers/notes_controller.rb:9");
});

test.each([
  ["name", "The app answered with a header named “x y”"],
  ["away", "The app redirected to “http://[”, which is no address"],
])("an answer that is none is refused with a sentence: odd/%s", async (path, sentence) => {
  await expect(request(`/odd/${path}`)).rejects.toThrow(sentence);
});

test.each([
  ["status", "TypeError"],
  ["nothing", "NoMethodError"],
  ["body", "NoMethodError"],
])("an answer that is none is a 500, and the process lives: odd/%s", async (path, error) => {
  const response = await request(`/odd/${path}`);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain(error);
  expect(decodeURIComponent(response.headers.get("x-sandbox-error") ?? "")).toContain(error);
});

test("a header's bytes that are no text harm nobody", async () => {
  expect(await (await request("/odd/value")).text()).toBe("fine");
});

test("requests queue, and are answered in their order", async () => {
  const order: string[] = [];
  const note = (name: string) => (response: Response) => {
    order.push(name);
    return response;
  };
  await Promise.all([
    request("/slow?seconds=0.3").then(note("slow")),
    request("/notes", {
      method: "POST",
      body: new URLSearchParams({ title: "takes a moment to be read" }),
      redirect: "manual",
    }).then(note("form")),
    request("/notes").then(note("quick")),
  ]);
  expect(order).toEqual(["slow", "form", "quick"]);
});

test("exit! in an action ends the web process with a sentence, and another can be started", async () => {
  await expect(request("/leave")).rejects.toThrow(
    /The process web .* has ended: called exit!\(3\)/,
  );
  await expect(request("/notes")).rejects.toThrow("No web process runs");
  await sandbox.processes.start({ kind: "web" });
  expect((await request("/notes")).status).toBe(200);
  await expect(sandbox.processes.start({ kind: "web" })).rejects.toThrow("runs already");
});

test("TERM ends the web process as its default action does", async () => {
  const { pid } = present(alive(sandbox, "web")[0], "the web process");
  sandbox.processes.signal(pid, "TERM");
  const exit = await sandbox.processes.wait(pid);
  expect(exit.signal).toBe("TERM");
  await sandbox.processes.start({ kind: "web" });
  expect(await ruby(sandbox, "Photo.count")).toBe("1");
});

/** Sends the signal while a request sleeps. Returns the answer's status and how the process ended. */
async function signalInRequest(signal: "TERM" | "INT" | "QUIT") {
  const { pid } = present(alive(sandbox, "web")[0], "the web process");
  const { promise: inside, resolve } = Promise.withResolvers<void>();
  const stop = sandbox.events.subscribe((event) => {
    if (event.type === "code.reloaded" && event.paths[0] === "in slow") resolve();
  });
  const answer = request("/slow?seconds=1&announced=1");
  await inside;
  stop();
  sandbox.processes.signal(pid, signal);
  const { status } = await answer;
  const exit = await sandbox.processes.wait(pid);
  await sandbox.processes.start({ kind: "web" });
  return { status, exit };
}

test.each(["TERM", "INT"] as const)(
  "%s lets the request in hand finish, and then ends the process",
  async (signal) => {
    const { status, exit } = await signalInRequest(signal);
    expect(status).toBe(200);
    expect(exit.reason).toContain(signal === "TERM" ? "TERM" : "130");
  },
);

test("QUIT breaks the request in hand off, and ends the process although Rails rescues it", async () => {
  const { status, exit } = await signalInRequest("QUIT");
  expect(status).toBe(500);
  expect(exit.signal).toBe("QUIT");
});
