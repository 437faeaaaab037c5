// The reviews of what anybody who pledged may do.
import { showCoin, showCoins } from "../coins.js";
import { moment } from "../time.js";
import type { Action, Cause, Coin } from "../types.js";
import { number, people, quoted } from "../words.js";
import { NO_WAY_BACK, about } from "./about.js";
import type { Review } from "./dialog.js";

export function withdrawReview(cause: Cause, action: Action, back: Coin | null): Review {
  return {
    title: "Withdraw your pledge",
    promise: ["I take my pledge back. I am not counted any more."],
    quote: about(cause, action),
    facts: [["Comes back at once", back ? showCoin(back) : "nothing: you gave no stake"]],
    leave: "You may pledge again as long as it is open.",
  };
}

/** `needsOthers`: the person's own condition. */
export function confirmReview(cause: Cause, action: Action, needsOthers: number): Review {
  const survives = action.confirming?.survives ?? null;
  const enough =
    survives === null
      ? "nobody would be bound, even if all confirmed"
      : survives === 0
        ? "if one of those who haven't confirmed stays silent, it may bind nobody"
        : `${number(survives)} of those who haven't confirmed may stay silent, and somebody is bound all the same`;
  const size = Math.max(needsOthers + 1, action.goal);
  return {
    title: "Confirm your pledge",
    promise: ["I am still in. If enough others confirm too, I am bound."],
    quote: about(cause, action),
    facts: [
      ["Your condition", size === 1 ? "you are bound whoever else confirms" : `you are bound only if at least ${people(size)} confirm, you among them`],
      ["Confirmed so far", people(action.confirming?.confirmed ?? 0)],
      ["As it stands", enough],
      ["It is decided", action.confirming ? moment(action.confirming.until) : "at the end of the window"],
    ],
    leave: "None: a confirmation is final. If too few confirm, you are free again.",
  };
}

export function checkInReview(cause: Cause, action: Action, evidence: { uri: string; sha256: string } | null): Review {
  const decides =
    action.fulfilment === "attested"
      ? "It is evidence for the attestors, who decide."
      : action.fulfilment === "challengeable"
        ? "It counts unless somebody challenges it and the final answer is no: then your stake is forfeited. Say it only if it is true."
        : "This check-in alone decides that you kept your promise. Say it only if it is true.";
  return {
    title: "Check in",
    promise: ["I did it.", decides],
    quote: { by: `${quoted(cause.title)} asked`, lines: [action.label, action.description] },
    facts: evidence
      ? [
          ["Evidence", evidence.uri],
          ["Its SHA-256", evidence.sha256],
        ]
      : [["Evidence", "none"]],
    leave: `Everybody can read it, for good. ${NO_WAY_BACK}`,
  };
}

export function alreadyDidReview(cause: Cause, action: Action): Review {
  return {
    title: "Already done",
    promise: ["I have done this before. I am counted beside the pledges, and promise nothing."],
    quote: { by: `${quoted(cause.title)} asks`, lines: [action.label, action.description] },
    facts: [],
    leave: NO_WAY_BACK,
  };
}

export function activateReview(cause: Cause, action: Action): Review {
  const others = action.requires.map((id) => `action ${id}`).join(", ");
  return {
    title: "Bind them together",
    promise: ["This action becomes active, and with it whatever it requires that isn't yet. All of them or none."],
    quote: about(cause, action),
    facts: [
      ["It requires", others],
      ["For you", "nothing: anybody may do it"],
    ],
    leave: NO_WAY_BACK,
  };
}

export function settleReview(cause: Cause, action: Action, answer: string | null = null): Review {
  return {
    title: "Settle",
    promise: ["The totals of this action are fixed: who kept it, who broke it, and what each gets."],
    quote: about(cause, action),
    facts: [...(answer === null ? [] : [["The final answer", answer] as [string, string]]), ["For you", "nothing: anybody may do it, and the first claim does it too"]],
    leave: NO_WAY_BACK,
  };
}

export function claimReview(cause: Cause, action: Action, due: readonly Coin[]): Review {
  return {
    title: "Claim what is yours",
    promise: ["The contract pays my pledge everything that is due to it."],
    quote: about(cause, action),
    facts: [["Comes to you", showCoins(due)]],
    leave: "There is nothing to leave: with this your pledge is done.",
  };
}

export function claimForfeitsReview(cause: Cause, action: Action, to: string): Review {
  return {
    title: "Pay the forfeits",
    promise: ["What was forfeited goes to the address that the action names. Anybody may send this."],
    quote: about(cause, action),
    facts: [["Goes to", to]],
    leave: NO_WAY_BACK,
  };
}
