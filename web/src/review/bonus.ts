// The reviews of a sponsor's refund bonus.
import { bonusDenom, coin, showCoin } from "../coins.js";
import { moment } from "../time.js";
import type { Action, Cause, Coin } from "../types.js";
import type { Review } from "./dialog.js";

/** Who comes to it, and to how much. */
const each = (action: Action): string => showCoin(coin(bonusDenom(action), BigInt(action.bonus?.per_pledge ?? "0")));
const whose = ({ bonus, coins }: Action): string => `${coins ? "" : "with a stake, "}before ${moment(bonus?.before ?? 0)}, asking for nobody beyond the goal`;

const alone = ({ requires }: Action): string => (requires.length > 0 ? ", and nothing that it requires has failed by the close" : "");

/** What a pledge may come to of the action's bonus, if it has one. `now`: Unix seconds. */
export function bonusOfPledge(action: Action, choice: { needsOthers: number; staked: boolean }, now: number): [string, string][] {
  const { bonus, goal } = action;
  if (!bonus) return [];
  if (!choice.staked || now >= bonus.before || choice.needsOthers >= goal) return [["Refund bonus", `none: only ${whose(action)}`]];
  const empty = bonus.fund === "0" ? ", once its sponsor puts it in" : "";
  return [["Refund bonus", `up to ${each(action)} besides your ${action.coins ? "coins" : "stake"}, if too few are in${alone(action)}${empty}`]];
}

const about = (cause: Cause, action: Action) => ({ by: "The cause", lines: [cause.title, action.label] });

export const sponsorBonusReview = (cause: Cause, action: Action, given: Coin): Review => ({
  title: "Put coins behind it",
  promise: [`If too few are in at the close${alone(action)}, those who were ready early share this.`],
  quote: about(cause, action),
  facts: [
    ["You put in", showCoin(given)],
    ["Each gets", `up to ${each(action)}, or an equal part: whoever pledges ${whose(action)}`],
  ],
  leave: "What they don't get comes back after the close.",
});

export const claimBonusReview = (cause: Cause, action: Action): Review => ({
  title: "Send the bonus back",
  promise: ["What it didn't need goes back to its sponsor."],
  quote: about(cause, action),
  facts: [["Goes to", action.bonus?.sponsor ?? ""]],
  leave: "There is no way back once it is in a block.",
});
