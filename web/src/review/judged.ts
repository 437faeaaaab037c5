// How it is said who judges, until when, and what the answer is.
import { moment } from "../time.js";
import type { Action, Judge } from "../types.js";
import { duration, number } from "../words.js";

/** Those whom a verdict contract asks. */
export function asked(judge: Judge): string {
  switch (judge.electorate) {
    case "pledgers":
      return "everybody who was bound";
    case "community":
      return `the members of community ${judge.community}`;
    case "jury":
      return `a jury of ${number(judge.size ?? 0)}, drawn from community ${judge.community}`;
  }
}

export type AnswerWord = "yes" | "no" | "unresolved";

/** An answer as part of a sentence. */
export const ANSWERS: Record<AnswerWord, string> = {
  yes: "it succeeded",
  no: "it did not succeed",
  unresolved: "nobody can say whether it succeeded",
};

/** "Until when check-ins may be challenged": a date where it is known. */
export function challengedUntil(action: Action): string {
  const { challenge_until: until, challenge_window: window } = action.judging ?? {};
  return until ? `until ${moment(until)}` : `for ${duration(window ?? 0)} after the reports`;
}
