// A sponsor's refund bonus: what goes in, and what goes back.
import { bonusDenom, showCoin } from "../coins.js";
import { claimBonusReview, sponsorBonusReview } from "../review/bonus.js";
import type { Coin } from "../types.js";
import { type Context, type Shown, ask } from "./context.js";
import { giveForm } from "./fund.js";
import { single } from "./simple.js";

export function sponsorBonusForm(context: Context): Shown {
  const words = { hint: "You are the sponsor of the refund bonus.", button: "Put it in" };
  return giveForm("sponsor_bonus", words, [bonusDenom(context.facts().action)], (given) => {
    const { cause, action } = context.facts();
    void context.act({
      asks: [{ msg: { sponsor_bonus: { action: action.id } }, funds: [given] }],
      review: sponsorBonusReview(cause, action, given),
      done: `You put ${showCoin(given)} behind it.`,
    });
  });
}

export const claimBonusForm = (context: Context, rest: Coin): Shown =>
  single(
    "claim_bonus",
    "Send the bonus back",
    `${showCoin(rest)} of the refund bonus go back to its sponsor. Anybody may send it.`,
    context,
    ({ cause, action }) => ({
      asks: ask({ claim_bonus: { action: action.id } }),
      review: claimBonusReview(cause, action),
      done: `${showCoin(rest)} went back to the sponsor.`,
    }),
  );
