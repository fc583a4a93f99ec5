/**
 * Reports the address of each frame that the page's Content-Security-Policy blocks, until the returned function is
 * called. Not what it only reports, and not what a script asks for: `connect-src` may be narrower than `frame-src`.
 */
export function watchBlocked(report: (address: string) => void): () => void {
  const tell = (violation: SecurityPolicyViolationEvent) => {
    const { blockedURI, disposition, effectiveDirective } = violation;
    if (disposition === "enforce" && effectiveDirective !== "connect-src") report(blockedURI);
  };
  document.addEventListener("securitypolicyviolation", tell);
  return () => document.removeEventListener("securitypolicyviolation", tell);
}
