/** Answers of a questionnaire, by the names of its questions. */
export type Answers = Readonly<Record<string, string>>;

/** Whether all pairs of a condition such as `redis:yes rate:thousands` are among the answers. An empty one holds. */
export function holds(condition: string, answers: Answers): boolean {
  const pairs = condition.split(/\s+/).filter((pair) => pair !== "");
  return pairs.every((pair) => {
    const [question = "", answer = ""] = pair.split(":");
    return answers[question] === answer;
  });
}

/** The place of the first condition that holds, or -1. */
export function firstThatHolds(conditions: readonly string[], answers: Answers): number {
  return conditions.findIndex((condition) => holds(condition, answers));
}
