// The reviews of a choice between alternatives.
import { moment } from "../time.js";
import type { Cause, Proposal } from "../types.js";
import type { Review } from "./dialog.js";

const NO_WAY_BACK = "There is no way back once it is in a block.";

const about = (cause: Cause): { by: string; lines: string[] } => ({ by: "The cause", lines: [cause.title] });

const until = (cause: Cause): string => moment(cause.deliberation?.score_until ?? 0);

/** `lines`: each alternative with its score. */
export function scoreReview(cause: Cause, lines: [string, string][]): Review {
  return {
    title: "Score the alternatives",
    promise: ["These are my scores, for everybody to see. One of the alternatives is chosen by all scores, and the others are dropped."],
    quote: about(cause),
    facts: [...lines, ["The choice falls", until(cause)]],
    leave: "You may score anew until the choice. With your last pledge on one of the alternatives the ballot leaves the count too.",
  };
}

export function secondReview(proposal: Proposal): Review {
  return {
    title: "Second a proposal",
    promise: ["I want this to be among the alternatives. That is no pledge to it, and no score."],
    quote: { by: "The proposal", lines: [proposal.label] },
    facts: [["Seconded so far", `${proposal.seconders} of 5`]],
    leave: NO_WAY_BACK,
  };
}

export function proposeReview(cause: Cause, words: { label: string; description: string; goal: number }): Review {
  return {
    title: "Propose another alternative",
    promise: ["I propose this beside the alternatives that are there. It isn't a pledge."],
    quote: { by: "Your words", lines: [words.label, words.description] },
    facts: [
      ["Goal", String(words.goal)],
      ["Everything else", "as the first alternative has it"],
      ["The choice falls", until(cause)],
    ],
    leave: NO_WAY_BACK,
  };
}
