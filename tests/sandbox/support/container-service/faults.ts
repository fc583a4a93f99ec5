/** How the stand-in can misbehave, as the real service has been reported to. */
export interface Faults {
  /** `never`: it is reached and says nothing. A promise: it says hello when that resolves. */
  hello?: "never" | Promise<void>;
  /** It answers, and refuses to build a container, with these words. */
  refuses?: string;
  /** Starting a process fails with these words. */
  spawnRefuses?: string;
  /** Programs that it does not have. */
  lacks?: readonly string[];
  /** `kill()` does nothing, as for a process in a hot loop (webcontainer-core #1121). */
  ignoresKill?: boolean;
  /** Node prints this and ends with status 134, as when it has no memory left. */
  diesSaying?: string;
}
