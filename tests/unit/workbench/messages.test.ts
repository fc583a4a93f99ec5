import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_FILE, parseGuestMessage } from "../../../src/workbench/app/messages.ts";

const nonce = "n-1";
const form = {
  type: "submit",
  action: "/photos",
  method: "post",
  enctype: "multipart/form-data",
  entries: [
    ["photo[title]", "Cat"],
    ["photo[image]", { name: "cat.jpg", type: "image/jpeg", bytes: new ArrayBuffer(3) }],
  ],
};

test("a link and a form come through", () => {
  expect(parseGuestMessage({ type: "navigate", href: "/photos", nonce }, nonce)).toEqual({
    type: "navigate",
    href: "/photos",
  });
  expect(parseGuestMessage({ ...form, nonce }, nonce)).toEqual(form);
});

test("a line of the app's files comes through, if it is one", () => {
  const open = { type: "open", path: "app/models/photo.rb", line: 5 };
  expect(parseGuestMessage({ ...open, nonce }, nonce)).toEqual(open);
  for (const line of [0, -1, 1.5, "5", NaN, null]) {
    expect(parseGuestMessage({ ...open, line, nonce }, nonce)).toBeNull();
  }
});

test("a message of another load does not", () => {
  expect(parseGuestMessage({ type: "navigate", href: "/", nonce: "n-0" }, nonce)).toBeNull();
});

test.each([
  ["an unknown type", { type: "eval", code: "1" }],
  ["an address that is no text", { type: "navigate", href: { toString: "x" } }],
  ["an unknown method", { ...form, method: "delete" }],
  ["entries that are no pairs", { ...form, entries: [["a"]] }],
  ["a file without bytes", { ...form, entries: [["a", { name: "x", type: "y" }]] }],
  [
    "a file that is too large",
    { ...form, entries: [["a", { name: "x", type: "y", bytes: new ArrayBuffer(MAX_FILE + 1) }]] },
  ],
  ["more entries than any form has", { ...form, entries: Array(1001).fill(["a", "b"]) }],
])("%s does not", (_, message) => {
  expect(parseGuestMessage({ ...message, nonce }, nonce)).toBeNull();
});

test("nothing that a page may send makes it throw", () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      parseGuestMessage(data, nonce);
      parseGuestMessage(
        { ...form, ...(typeof data === "object" && data), entries: data, nonce },
        nonce,
      );
    }),
  );
});
