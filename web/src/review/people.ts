// The reviews of what is said of several people, and claimed for them.
import { showCoins } from "../coins.js";
import type { Action, Cause, Coin, Pledge } from "../types.js";
import { number, people, short } from "../words.js";
import { NO_WAY_BACK, about } from "./about.js";
import type { Review } from "./dialog.js";

const OUTCOMES = { did: "did it", didnt: "didn't do it", excused: "couldn't, and are excused" } as const;
export type OutcomeWord = keyof typeof OUTCOMES;

export function attestReview(
  cause: Cause,
  action: Action,
  statements: readonly { person: string; outcome: OutcomeWord }[],
): Review {
  const facts = (Object.keys(OUTCOMES) as OutcomeWord[]).flatMap((outcome): [string, string][] => {
    const who = statements.filter((s) => s.outcome === outcome).map((s) => short(s.person));
    return who.length ? [[`${people(who.length)} ${OUTCOMES[outcome]}`, who.join(", ")]] : [];
  });
  const others = action.quorum - 1;
  const final =
    others === 0
      ? "Your word alone decides: it is final, and stakes go by it."
      : `With ${number(others)} more who say the same it is final. Until then you may say otherwise.`;
  return {
    title: "Your statements",
    promise: ["As an attestor I say what these people did.", final],
    quote: about(cause, action),
    facts,
    leave: others === 0 ? NO_WAY_BACK : "You may restate until enough attestors agree.",
  };
}

export function claimForReview(cause: Cause, action: Action, list: readonly Pledge[], reward: readonly Coin[]): Review {
  return {
    title: "Claim for others",
    promise: ["The contract pays these people what is theirs. The coins go to them alone."],
    quote: about(cause, action),
    facts: [
      ...list.map((p): [string, string] => [short(p.address), showCoins(p.claimable ?? [])]),
      ["For sending it you get", showCoins(reward)],
    ],
    leave: NO_WAY_BACK,
  };
}
