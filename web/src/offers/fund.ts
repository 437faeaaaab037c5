// A gift to a cause's campaign fund, and what is left of it after its end.
import { coin, parseAmount, showCoin, showCoins, symbol } from "../coins.js";
import { button, field, h } from "../dom.js";
import { supportReview, sweepReview } from "../review/fund.js";
import type { Cause, Coin } from "../types.js";
import type { CauseContext } from "./cause.js";
import { type Shown, ask } from "./context.js";

/** What one may give: the coins that the cause or its fund knows, and those that the chain's bank names. */
function kinds(cause: Cause, named: readonly { denom: string }[]): string[] {
  const stakes = cause.actions.flatMap((action) => (action.stake ? [action.stake.denom] : []));
  return [...new Set([...stakes, ...cause.fund.map((c) => c.denom), ...named.map((d) => d.denom)])];
}

/** An amount of one of several coins, given for good or for a while. */
export function giveForm(kind: string, words: { hint: string; button: string }, denoms: readonly string[], give: (gift: Coin) => void): Shown {
  const amount = field("How much", h("input", { attrs: { name: "gift", inputmode: "decimal", autocomplete: "off" } }));
  const denom = h("select", { attrs: { name: "gift_denom", "aria-label": "Of which coin" } });
  denom.append(...denoms.map((of) => h("option", { text: symbol(of), attrs: { value: of } })));
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": kind, novalidate: true } },
    h("p", { class: "hint", text: words.hint }),
    amount.root,
    denom,
    h("p", null, h("button", { text: words.button, attrs: { type: "submit" } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sum = parseAmount(amount.input.value, denom.value);
    amount.complain(typeof sum === "string" ? sum : sum === 0n ? "More than nothing." : null);
    if (typeof sum === "string" || sum === 0n) return amount.input.focus();
    give(coin(denom.value, sum));
  });
  return { root: form };
}

export function supportForm(context: CauseContext): Shown {
  const denoms = kinds(context.cause(), context.session.info.denoms);
  const hint = "A gift to the campaign fund. Whoever started the cause spends it, for everybody to see. It isn't refunded.";
  return giveForm("support", { hint, button: "Give" }, denoms, (gift) => {
    const cause = context.cause();
    void context.act({
      asks: [{ msg: { support: { cause: cause.id } }, funds: [gift] }],
      review: supportReview(cause, gift),
      done: `You gave ${showCoin(gift)}.`,
    });
  });
}

/** After the fund's end: one message for each kind of coin, to the address that the cause named. */
export function sweepForm(context: CauseContext): Shown {
  const send = button("Pay what is left", () => {
    const cause = context.cause();
    return context.act({
      asks: cause.fund.flatMap(({ denom }) => ask({ sweep_fund: { cause: cause.id, denom } })),
      review: sweepReview(cause),
      done: "What was left of the campaign fund was paid.",
    });
  });
  const hint = h("p", { class: "hint" });
  const update = (): void => {
    hint.textContent = `The campaign fund is over. Left in it: ${showCoins(context.cause().fund)}. Anybody may send it on.`;
  };
  update();
  return { root: h("div", { class: "offer", attrs: { "data-offer": "sweep_fund" } }, hint, h("p", null, send)), update };
}
