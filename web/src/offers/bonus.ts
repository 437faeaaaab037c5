// A sponsor's refund bonus: what goes in, and what goes back.
import { coin, parseAmount, showCoin, symbol } from "../coins.js";
import { field, h } from "../dom.js";
import { claimBonusReview, sponsorBonusReview } from "../review/bonus.js";
import type { Coin } from "../types.js";
import { short } from "../words.js";
import { type Context, type Shown, ask } from "./context.js";
import { single } from "./simple.js";

export function sponsorBonusForm(context: Context): Shown {
  const denom = context.facts().action.stake?.denom ?? "";
  const amount = field(
    `How much do you put in, in ${symbol(denom)}?`,
    h("input", { attrs: { name: "bonus", inputmode: "decimal", autocomplete: "off" } }),
    "You are the sponsor of the refund bonus. If it comes about, all of it comes back to you; if too few are in, what those who were ready early don't get.",
  );
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "sponsor_bonus", novalidate: true } },
    amount.root,
    h("p", null, h("button", { text: "Put it in", attrs: { type: "submit" } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sum = parseAmount(amount.input.value, denom);
    amount.complain(typeof sum === "string" ? sum : sum === 0n ? "More than nothing." : null);
    if (typeof sum === "string" || sum === 0n) return amount.input.focus();
    const { cause, action } = context.facts();
    const given = coin(denom, sum);
    void context.act({
      asks: [{ msg: { sponsor_bonus: { action: action.id } }, funds: [given] }],
      review: sponsorBonusReview(cause, action, given),
      done: `You put ${showCoin(given)} behind it.`,
    });
  });
  return { root: form };
}

export const claimBonusForm = (context: Context, rest: Coin): Shown => {
  const { action, me } = context.facts();
  const sponsor = action.bonus?.sponsor ?? "";
  const hint =
    sponsor === me.address
      ? `${showCoin(rest)} of the refund bonus that you sponsored come back to you.`
      : `${showCoin(rest)} of the refund bonus go back to its sponsor, ${short(sponsor)}. Anybody may send it.`;
  return single("claim_bonus", "Send the bonus back", hint, context, ({ cause, action: latest }) => ({
    asks: ask({ claim_bonus: { action: latest.id } }),
    review: claimBonusReview(cause, latest, rest),
    done: `${showCoin(rest)} went back to the sponsor.`,
  }));
};
