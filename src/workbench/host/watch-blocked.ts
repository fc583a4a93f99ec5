/**
 * Reports the address of each thing that the page's Content-Security-Policy blocks, until the returned function is
 * called.
 */
export function watchBlocked(report: (address: string) => void): () => void {
  const tell = ({ blockedURI }: SecurityPolicyViolationEvent) => report(blockedURI);
  document.addEventListener("securitypolicyviolation", tell);
  return () => document.removeEventListener("securitypolicyviolation", tell);
}
