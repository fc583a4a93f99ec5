import { describe, expect, test } from "vitest";
import {
  appUrl,
  formRequest,
  redirectRequest,
  type APP_ORIGIN,
} from "../../../src/workbench/app/requests.ts";

const origin: typeof APP_ORIGIN = "http://localhost:3000";
const page = `${origin}/photos/1`;
const form = { type: "submit" as const, action: "/photos", method: "post" as const, enctype: "" };

describe("addresses", () => {
  test("are resolved against the page", () => {
    expect(appUrl("edit?x=1", page)?.href).toBe(`${origin}/photos/edit?x=1`);
    expect(appUrl("/", page)?.pathname).toBe("/");
  });

  test.each(["https://example.org/", "//example.org/x", "javascript:alert(1)", "http://["])(
    "that lead out of the app are refused: %s",
    (href) => expect(appUrl(href, page)).toBeNull(),
  );
});

describe("a form", () => {
  test("with GET becomes a query", () => {
    const request = formRequest({ ...form, method: "get", entries: [["q", "a b"]] }, page);
    expect(request?.url).toBe(`${origin}/photos?q=a+b`);
  });

  test("with POST sends its fields, `_method` among them", async () => {
    const request = formRequest({ ...form, entries: [["_method", "delete"]] }, page);
    expect(request?.method).toBe("POST");
    expect(await request?.text()).toBe("_method=delete");
  });

  test("with a file sends it as multipart", async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0x00]).buffer;
    const request = formRequest(
      {
        ...form,
        enctype: "multipart/form-data",
        entries: [["photo[image]", { name: "cat.jpg", type: "image/jpeg", bytes }]],
      },
      page,
    );
    expect(request?.headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
    const file = (await request?.formData())?.get("photo[image]") as File;
    expect([file.name, file.type, file.size]).toEqual(["cat.jpg", "image/jpeg", 3]);
  });

  test("with a file is read the same by whoever reads it, whatever its names are", async () => {
    const bytes = new TextEncoder().encode("--\r\n").buffer as ArrayBuffer;
    const request = formRequest(
      {
        ...form,
        enctype: "multipart/form-data",
        entries: [
          ['a "name"', "two\nlines"],
          ["file", { name: 'a"b\r\n.txt', type: "text/plain\r\nX-Mine: 1", bytes }],
          ["file", { name: "", type: "", bytes: new ArrayBuffer(0) }],
        ],
      },
      page,
    );
    const body = await request?.text();
    const boundary = /boundary=(.+)$/.exec(request?.headers.get("content-type") ?? "")?.[1];
    expect(body?.replaceAll(String(boundary), "BOUNDARY").split("\r\n")).toEqual([
      "--BOUNDARY",
      'Content-Disposition: form-data; name="a %22name%22"',
      "",
      "two",
      "lines",
      "--BOUNDARY",
      'Content-Disposition: form-data; name="file"; filename="a%22b%0D%0A.txt"',
      "Content-Type: text/plainX-Mine: 1",
      "",
      "--",
      "",
      "--BOUNDARY",
      'Content-Disposition: form-data; name="file"; filename=""',
      "Content-Type: application/octet-stream",
      "",
      "",
      "--BOUNDARY--",
      "",
    ]);
  });

  test("that leads out of the app is not sent", () => {
    expect(formRequest({ ...form, action: "https://example.org", entries: [] }, page)).toBeNull();
  });
});

test("a redirect is followed with a GET, inside the app only", () => {
  const to = (location: string, status = 302) =>
    redirectRequest(new Response(null, { status, headers: { location } }), new Request(page));
  expect(to("/photos/2")?.url).toBe(`${origin}/photos/2`);
  expect(to("/photos/2")?.method).toBe("GET");
  expect(() => to("https://example.org/")).toThrow(
    "The app redirects to https://example.org/, which leads out of it.",
  );
  expect(redirectRequest(new Response("ok"), new Request(page))).toBeNull();
});

test.each([307, 308])("a redirect with %i repeats method, headers and body", async (status) => {
  const form = new Request(page, { method: "PUT", body: "a=1", headers: { "x-mine": "1" } });
  const answer = new Response(null, { status, headers: { location: "/elsewhere" } });
  const next = redirectRequest(answer, form);
  expect([next?.url, next?.method, next?.headers.get("x-mine")]).toEqual([
    `${origin}/elsewhere`,
    "PUT",
    "1",
  ]);
  expect(await next?.text()).toBe("a=1");
});
