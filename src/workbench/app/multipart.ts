import type { FormValue } from "./messages.ts";

/**
 * The body of a form with files, `multipart/form-data`, as the HTML standard encodes it. Written
 * out here because WebKit cannot read a `Request` whose body is a `FormData` with a file in it.
 */
export function multipart(entries: readonly [string, FormValue][]): Blob {
  // A blob's type is in lower case, so the boundary must be too.
  const boundary = `----form-${crypto.randomUUID()}`;
  const parts = entries.flatMap(([name, value]) => [
    `--${boundary}\r\n${head(name, value)}\r\n\r\n`,
    typeof value === "string" ? withCrLf(value) : value.bytes,
    "\r\n",
  ]);
  return new Blob([...parts, `--${boundary}--\r\n`], {
    type: `multipart/form-data; boundary=${boundary}`,
  });
}

function head(name: string, value: FormValue): string {
  const disposition = `Content-Disposition: form-data; name="${escaped(withCrLf(name))}"`;
  if (typeof value === "string") return disposition;
  const type = value.type || "application/octet-stream";
  return `${disposition}; filename="${escaped(value.name)}"\r\nContent-Type: ${oneLine(type)}`;
}

function withCrLf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\r\n");
}

function escaped(text: string): string {
  return text.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}

/** The type comes from the learner's page: it must not bring headers of its own. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, "");
}
