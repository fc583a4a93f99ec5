// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { guestPage } from "../../../src/workbench/app/page.ts";

const files = {
  dataUrl: (href: string) =>
    Promise.resolve(href === "/cat.jpg" ? "data:image/jpeg;base64,eA==" : null),
  text: (href: string) => Promise.resolve(href === "/app.css" ? "body { color: red }" : null),
};

async function show(html: string, isError = false) {
  const origin = "https://example.org";
  const page = await guestPage(html, { nonce: "n-1", origin, files, isError });
  return { ...page, document: new DOMParser().parseFromString(page.srcdoc, "text/html") };
}

describe("a page for the frame", () => {
  test("has only our script, under a policy that allows no other", async () => {
    const { document } = await show(
      `<head><script src="/app.js"></script></head><body><script>alert(1)</script><iframe src="/"></iframe>Hi</body>`,
    );
    expect(document.querySelectorAll("script")).toHaveLength(1);
    expect(document.querySelector("iframe")).toBeNull();
    const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n-1'");
    expect(document.body.textContent).toContain("Hi");
  });

  test("has its images and stylesheets in itself", async () => {
    const { document, srcdoc } = await show(
      `<head><link rel="stylesheet" href="/app.css"><link rel="icon" href="/x"></head><img src="/cat.jpg"><img src="/gone.jpg">`,
    );
    const [cat, gone] = document.querySelectorAll("img");
    expect(cat?.getAttribute("src")).toBe("data:image/jpeg;base64,eA==");
    expect(gone?.hasAttribute("src")).toBe(false);
    expect(document.querySelector("link")).toBeNull();
    expect(srcdoc).toContain("body { color: red }");
  });

  test("tells when it wants to be loaded again", async () => {
    expect((await show(`<meta http-equiv="refresh" content="2">`)).refreshAfter).toBe(2);
    expect((await show(`<title>Photos</title>`)).refreshAfter).toBeNull();
    expect((await show(`<title>Photos</title>`)).title).toBe("Photos");
  });

  test("links the app's lines that an error names, and no others", async () => {
    const html =
      "<h1>NameError</h1><p>app/models/photo.rb:12:in 'x'</p>" +
      '<a href="#" data-frame-id="0">app/jobs/a_job.rb:3:in y</a><p>/usr/lib/x.rb:1</p>';
    const places = ({ document }: Awaited<ReturnType<typeof show>>) =>
      [...document.querySelectorAll("[data-app-place]")].map((link) => [
        link.textContent,
        link.getAttribute("data-app-place"),
      ]);
    expect(places(await show(html, true))).toEqual([
      ["app/models/photo.rb:12", "app/models/photo.rb:12"],
      ["app/jobs/a_job.rb:3:in y", "app/jobs/a_job.rb:3"],
    ]);
    expect(places(await show(html))).toEqual([]);
  });

  test("has no inline handlers; those of Rails' error page tell our script what to show", async () => {
    const { document } = await show(
      `<body onload="go()"><a href="#" onclick="hide('Full-Trace-0');show('Framework-Trace-0');; return false;">F</a>` +
        `<a href="#" onclick="return toggleEnvDump()">Env</a><button onclick="alert(1)">B</button>` +
        `<a class="trace-frames" href="#">/bundle/gems/x.rb:1</a>` +
        `<a class="trace-frames" href="#">app/models/photo.rb:12:in x</a></body>`,
      true,
    );
    const [framework, env, gem, own] = document.querySelectorAll("a");
    expect(framework?.dataset["appParts"]).toBe('["-Full-Trace-0","+Framework-Trace-0"]');
    expect(env?.dataset["appParts"]).toBe('["~env_dump"]');
    expect(document.querySelector("button")?.attributes).toHaveLength(0);
    expect(document.body.outerHTML).not.toMatch(/ on\w+=/);
    expect(gem?.hasAttribute("href")).toBe(false);
    expect(own?.getAttribute("href")).toBe("#");
  });

  test("that tells of no error keeps its links as they are, and no handler's meaning", async () => {
    const { document } = await show(
      `<a class="trace-frames" href="/traces">All traces</a><a href="/x" onclick="show('y')">X</a>`,
    );
    const [traces, x] = document.querySelectorAll("a");
    expect(traces?.getAttribute("href")).toBe("/traces");
    expect([x?.dataset["appParts"], x?.hasAttribute("onclick")]).toEqual([undefined, false]);
  });
});
