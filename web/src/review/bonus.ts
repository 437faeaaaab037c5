// The reviews of a sponsor's refund bonus.
import { coin, showCoin } from "../coins.js";
import { moment } from "../time.js";
import type { Action, Cause, Coin } from "../types.js";
import { people } from "../words.js";
import type { Review } from "./dialog.js";

/** What a pledge may come to of the action's bonus, if it has one. `now`: Unix seconds. */
export function bonusOfPledge({ bonus, stake, goal }: Action, choice: { needsOthers: number; staked: boolean }, now: number): [string, string][] {
  if (!bonus || !stake) return [];
  const each = showCoin(coin(stake.denom, BigInt(bonus.per_pledge)));
  const text = !choice.staked
    ? "none: only pledges with a stake come to it"
    : now >= bonus.before
      ? `none: it was for pledges made before ${moment(bonus.before)}`
      : choice.needsOthers >= goal
        ? "none: you ask for more people than the goal"
        : BigInt(bonus.fund) === 0n
          ? `up to ${each} besides your stake if too few are in at the close, and if the sponsor puts it in by then`
          : `up to ${each} besides your stake, if too few are in at the close`;
  return [["Refund bonus", text]];
}

export function sponsorBonusReview(cause: Cause, action: Action, given: Coin): Review {
  const { bonus } = action;
  const there = coin(given.denom, BigInt(bonus?.fund ?? "0") + BigInt(given.amount));
  const each = showCoin(coin(given.denom, BigInt(bonus?.per_pledge ?? "0")));
  return {
    title: "Put coins behind it",
    promise: ["If too few are in at the close, those who were ready early share this, besides having their stakes back."],
    quote: { by: "The cause", lines: [cause.title, action.label] },
    facts: [
      ["You put in", showCoin(given)],
      ["Then there is in all", showCoin(there)],
      ["Each gets", `up to ${each}, or an equal part if that is less; not you, and not whoever started the cause`],
      ["Pledges count", `with a stake, made before ${moment(bonus?.before ?? 0)}, asking for nobody beyond the goal; now ${people(bonus?.eligible ?? 0)}`],
    ],
    returns: {
      worst: "0. Too few are in, and those who were ready early share all of it.",
      likely: "What they don't get comes back after the close.",
      best: `${showCoin(there)}, everything. It comes about.`,
    },
    leave: "There is no way back before the close.",
  };
}

export function claimBonusReview(cause: Cause, action: Action, rest: Coin): Review {
  return {
    title: "Send the bonus back",
    promise: ["What the refund bonus didn't need goes back to its sponsor. Anybody may send this."],
    quote: { by: "The cause", lines: [cause.title, action.label] },
    facts: [
      ["Amount", showCoin(rest)],
      ["Goes to", action.bonus?.sponsor ?? "nobody"],
    ],
    leave: "There is no way back once it is in a block.",
  };
}
