// The reviews of pledges to all actions of a cause at once.
import { showCoins } from "../coins.js";
import type { Cause, Coin } from "../types.js";
import { others } from "../words.js";
import type { Review } from "./dialog.js";

export function pledgeBundleReview(cause: Cause, needsOthers: number, stakes: readonly Coin[]): Review {
  return {
    title: "Pledge all of them",
    promise: cause.actions.map((action) => `${action.label}: I do it if enough others do.`),
    quote: { by: "The cause", lines: [cause.title, ...cause.actions.map((action) => action.description)] },
    facts: [
      ["In each, besides its goal", needsOthers === 0 ? "I ask for nobody more" : `at least ${others(needsOthers)}`],
      ["Goes along now", stakes.length ? showCoins(stakes) : "nothing"],
      ["Each binds", "at its own goal"],
    ],
    leave: "Together, with every coin, as long as none of them binds you and none is locked. Once one does, from each of the others by itself.",
  };
}

export function withdrawBundleReview(cause: Cause): Review {
  return {
    title: "Withdraw from all of them",
    promise: ["I take all my pledges to this cause back. I am not counted any more."],
    quote: { by: "The cause", lines: [cause.title] },
    facts: [["Comes back at once", "every stake that you gave here"]],
    leave: "You may pledge all of them again as long as all are open.",
  };
}
