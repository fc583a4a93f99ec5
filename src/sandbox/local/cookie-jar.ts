/** The cookies of the one visitor. Browsers let no script see Set-Cookie, so the sandbox keeps them itself. */
interface Cookie {
  value: string;
  path: string;
  /** Sandbox time in ms; Infinity for a session cookie. */
  expires: number;
}

export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one `Set-Cookie` header (RFC 6265, section 5.2). */
  store(header: string): void {
    const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    if (pair.indexOf("=") < 1) return;
    const options = new Map(attributes.map((part) => splitAttribute(part)));
    const cookie = {
      value: pair.slice(pair.indexOf("=") + 1),
      path: options.get("path") ?? "/",
      expires: this.#expiry(options),
    };
    if (cookie.expires <= this.#now()) this.#cookies.delete(name);
    else this.#cookies.set(name, cookie);
  }

  /** The `Cookie` header for a path, empty when there is nothing to send. */
  header(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => cookie.expires > this.#now() && pathMatches(path, cookie.path))
      .map(([name, cookie]) => `${name}=${cookie.value}`)
      .join("; ");
  }

  #expiry(options: Map<string, string>): number {
    const maxAge = options.get("max-age");
    if (maxAge !== undefined) return this.#now() + Number(maxAge) * 1000;
    const expires = Date.parse(options.get("expires") ?? "");
    return Number.isNaN(expires) ? Infinity : expires;
  }
}

function splitAttribute(part: string): [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part.toLowerCase(), ""] : [part.slice(0, at).toLowerCase(), part.slice(at + 1)];
}

function pathMatches(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}
