// What a creator may do with the cause as a whole.
import { address } from "../bech32.js";
import { parseAmount, showCoin, showCoins, symbol } from "../coins.js";
import { button, field, h } from "../dom.js";
import { cancelReview, spendReview } from "../review/cause.js";
import type { Cause, Person } from "../types.js";
import { type Doing, type Shown, ask } from "./context.js";

const MOST_MEMO_BYTES = 280;

export interface CauseContext extends Doing {
  cause(): Cause;
  /** Who looks at it, once that is known. */
  person(): Person | null;
}

export function cancelForm(context: CauseContext): Shown {
  const send = button("Cancel this cause", () => {
    const cause = context.cause();
    return context.act({
      asks: ask({ cancel_cause: { cause: cause.id } }),
      review: cancelReview(cause),
      done: "The cause is cancelled.",
    });
  });
  const hint = "You started it. All stakes may then be claimed back in full.";
  return { root: h("div", { class: "offer", attrs: { "data-offer": "cancel_cause" } }, h("p", { class: "hint", text: hint }), h("p", null, send)) };
}

export function spendForm(context: CauseContext): Shown {
  const to = field("To which address", h("input", { attrs: { name: "to", autocomplete: "off", spellcheck: "false" } }));
  const amount = field("How much", h("input", { attrs: { name: "amount", inputmode: "decimal", autocomplete: "off" } }));
  const denom = h("select", { attrs: { name: "denom", "aria-label": "Of which coin" } });
  const memo = field("What for", h("input", { attrs: { name: "memo" } }), "Everybody can read it, for good.");
  const has = h("p", { class: "hint" });
  const update = (): void => {
    const { fund } = context.cause();
    has.textContent = `In the campaign fund: ${showCoins(fund)}.`;
    const shown = [...denom.options].map((o) => o.value).join();
    if (shown === fund.map((c) => c.denom).join()) return;
    denom.replaceChildren(...fund.map((c) => h("option", { text: symbol(c.denom), attrs: { value: c.denom } })));
  };
  const read = (): { to: string; coin: { denom: string; amount: string }; memo: string } | null => {
    const where = address(to.input.value, context.session.info.bech32_prefix);
    const self = where === context.session.info.contracts.causes.address;
    to.complain(where === null ? "This isn't an address of this chain." : self ? "The contract itself can't get them." : null);
    const sum = parseAmount(amount.input.value, denom.value);
    const most = BigInt(context.cause().fund.find((c) => c.denom === denom.value)?.amount ?? "0");
    const wrong =
      typeof sum === "string"
        ? sum
        : sum === 0n
          ? "More than nothing."
          : sum > most
            ? `At most ${showCoin({ denom: denom.value, amount: String(most) })}.`
            : null;
    amount.complain(wrong);
    const text = memo.input.value.trim();
    const bytes = new TextEncoder().encode(text).length;
    memo.complain(bytes === 0 ? "Say what it is for." : bytes > MOST_MEMO_BYTES ? `At most ${MOST_MEMO_BYTES} bytes; it has ${bytes}.` : null);
    if (where === null || self || wrong !== null || bytes === 0 || bytes > MOST_MEMO_BYTES) return null;
    return { to: where, coin: { denom: denom.value, amount: String(sum) }, memo: text };
  };
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "spend_fund", novalidate: true } },
    has,
    to.root,
    amount.root,
    denom,
    memo.root,
    h("p", null, h("button", { text: "Spend", attrs: { type: "submit" } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const spend = read();
    if (!spend) return form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    const cause = context.cause();
    const { denom: of, amount: sum } = spend.coin;
    void context.act({
      asks: ask({ spend_fund: { cause: cause.id, to: spend.to, denom: of, amount: sum, memo: spend.memo } }),
      review: spendReview(cause, spend),
      done: `${showCoin(spend.coin)} were spent from the campaign fund.`,
    });
  });
  update();
  return { root: form, update };
}
