/** What Ruby prints when it ends with an error: its own words and lines, to be shown as they are. */
export class RubyFailure extends Error {
  override name = "RubyFailure";
}
