/** A stretch of a title: plain words or a name from code. */
export interface TitlePart {
  text: string;
  code: boolean;
}

const CODE = /([a-z]+(?:_[a-z]+)+)/;

/** Tells apart what a title sets as code: names with an underscore, such as `after_commit`. */
export function titleParts(title: string): TitlePart[] {
  return title
    .split(CODE)
    .map((text, index) => ({ text, code: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
