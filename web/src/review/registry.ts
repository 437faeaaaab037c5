// The reviews of words about influence, and of votes on them.
import type { Cause, RegistryEntry } from "../types.js";
import type { Review } from "./dialog.js";

const FOR_GOOD = "Everybody can read it, for good.";

export function sayReview(cause: Cause, words: string): Review {
  return {
    title: words ? "Say what influence you have" : "Take your words back",
    promise: [words ? "I say this about my influence over the problem." : "My words leave the list, with the votes on them."],
    quote: { by: words ? "My words" : "The cause", lines: [words || cause.title] },
    facts: [["Cause", cause.title]],
    leave: `${FOR_GOOD} You may replace your words; votes begin anew then.`,
  };
}

const WORDS = { up: "I vote these words up.", down: "I vote these words down.", none: "I take my vote on these words back." };

export function rateReview(cause: Cause, entry: RegistryEntry, vote: "up" | "down" | "none"): Review {
  return {
    title: "Vote",
    promise: [WORDS[vote]],
    quote: { by: entry.person, lines: [entry.words] },
    facts: [["Cause", cause.title]],
    leave: `${FOR_GOOD} You may change your mind: one vote each.`,
  };
}
