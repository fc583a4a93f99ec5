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
  /** Node has so little memory (MB) that it ends for want of it. */
  memoryMb?: number;
  /** Node starts, and its program never says a word. */
  mute?: boolean;
  /** Node is killed at its first word, as where the browser takes back its memory. */
  dies?: boolean;
  /** The exit status of a process is lost: only its output ends. */
  losesExit?: boolean;
  /** It ends a container when asked, and then fails with these words. */
  teardownRefuses?: string;
  /** Each character that is more than a byte comes in two pieces, which the client makes rubbish of. */
  splitsCharacters?: boolean;
}
