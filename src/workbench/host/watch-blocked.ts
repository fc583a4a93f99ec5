/** A frame of the page, or a request of its scripts. */
type Blocked = "frame" | "request";

/**
 * Reports the address of what the page's Content-Security-Policy blocks, until the returned function is called. Not
 * what it only reports; and a script's request apart from a frame, since `connect-src` may be narrower than
 * `frame-src`.
 */
export function watchBlocked(report: (address: string, what: Blocked) => void): () => void {
  const tell = (violation: SecurityPolicyViolationEvent) => {
    const { blockedURI, disposition, effectiveDirective } = violation;
    if (disposition !== "enforce") return;
    report(blockedURI, effectiveDirective === "connect-src" ? "request" : "frame");
  };
  document.addEventListener("securitypolicyviolation", tell);
  return () => document.removeEventListener("securitypolicyviolation", tell);
}
