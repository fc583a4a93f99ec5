/** What the log says when a file is written that does not act at once. */
const FIXED = /^config\/(boot|environment)\.rb$/;
const READ_AT_START =
  /^config\/(application\.rb|environments\/.+\.rb|initializers\/.+\.rb|(database|queue|recurring)\.yml)$/;

/** A sentence for the learner; null for files that act at once. */
export function configurationNote(path: string): string | null {
  if (FIXED.test(path)) {
    return (
      `${path} was changed, but it is part of the sandbox and is not read again. ` +
      "Put settings into config/environments/development.rb or a file in config/initializers."
    );
  }
  if (!READ_AT_START.test(path)) return null;
  return `${path} was changed. It is read when a process starts: restart the processes that it is for.`;
}
