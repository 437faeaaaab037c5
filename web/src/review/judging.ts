// Reviews of what concerns judging: a challenge, and a word about an action as a whole.
import { coin, showCoin } from "../coins.js";
import { moment } from "../time.js";
import type { Action, Cause, Coin, Judge, Pledge } from "../types.js";
import { number, quoted } from "../words.js";
import { about } from "./about.js";
import type { Review } from "./dialog.js";
import { ANSWERS, type AnswerWord, asked } from "./judged.js";

/** A quarter of the stake is whoever's was right to challenge. */
const challengerPart = (action: Action): string =>
  action.stake ? showCoin(coin(action.stake.denom, BigInt(action.stake.amount) / 4n)) : "nothing";

export function challengeReview(cause: Cause, action: Action, pledge: Pledge): Review {
  const judge = action.judging?.challenges as Judge;
  return {
    title: "Show a challenge",
    promise: [
      "Whether this person did it was asked at the verdict contract. Their stake and share wait for its answer.",
    ],
    quote: about(cause, action),
    facts: [
      ["Whose check-in", pledge.address],
      ["Asked at", judge.verdict],
      ["Who answers", asked(judge)],
      ["If the answer is no", `whoever asked gets ${challengerPart(action)} and the jurors' fee, up to half a stake`],
      ["Otherwise", "the check-in stands"],
    ],
    leave: "None: a challenge can't be taken back.",
  };
}

export const claimRewardReview = (cause: Cause, action: Action, reward: Coin): Review => ({
  title: "Claim your part of the vote",
  promise: ["The contract pays me out of the deposits that others lost in the vote."],
  quote: about(cause, action),
  facts: [["Comes to you", showCoin(reward)]],
  leave: "There is nothing to leave: it is paid once.",
});

export function attestOutcomeReview(cause: Cause, action: Action, answer: AnswerWord): Review {
  const judging = action.judging;
  const quorum = judging?.quorum ?? 0;
  const same = judging?.said.filter((one) => one.answer === answer).length ?? 0;
  const forfeits = action.fulfilment === "collective" && action.stake !== null;
  const until = judging?.judge_by;
  return {
    title: "Say whether it succeeded",
    promise: [`As an attestor I say: ${ANSWERS[answer]}.`],
    quote: { by: `It is about ${quoted(cause.title)}`, lines: [action.label, action.description] },
    facts: [
      ["Said the same so far", `${number(same)} of the ${number(quorum)} who must agree`],
      ...(forfeits ? [["If the answer is no", "every stake is forfeited; else all of them go back"] as [string, string]] : []),
      ...(until ? [["Without agreement", `it stays unresolved at ${moment(until)}`] as [string, string]] : []),
    ],
    leave: "You may say otherwise until enough agree; then it is final.",
  };
}
