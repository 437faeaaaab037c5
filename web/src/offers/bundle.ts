// All actions of a cause at once: pledged with one condition for each of them, and taken back.
import { showCoins } from "../coins.js";
import { field, h } from "../dom.js";
import { pledgeBundleReview, withdrawBundleReview } from "../review/bundle.js";
import { MOST_OTHERS, nearest, onGrid } from "../thresholds.js";
import type { Cause, Coin } from "../types.js";
import { number } from "../words.js";
import { type Context, type Shown, ask } from "./context.js";
import { withoutCoins } from "./relay.js";
import { single } from "./simple.js";

/** What all stakes come to, one coin a denom. */
export function stakesOf(cause: Cause): Coin[] {
  const sums = new Map<string, bigint>();
  for (const { stake } of cause.actions) {
    if (stake) sums.set(stake.denom, (sums.get(stake.denom) ?? 0n) + BigInt(stake.amount));
  }
  return [...sums].map(([denom, sum]) => ({ denom, amount: String(sum) }));
}

export function pledgeBundleForm(context: Context): Shown {
  const { cause } = context.facts();
  const input = h("input", { attrs: { type: "number", name: "needs_others", inputmode: "numeric", min: 0, max: MOST_OTHERS, step: 1, value: "0", required: true } });
  const others = field("How many others must be in, in each of them, before you are?", input, "Each action's own goal counts for everybody.");
  const stakes = stakesOf(cause);
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "pledge_bundle", novalidate: true } },
    h("p", { text: `All ${number(cause.actions.length)} actions of this cause are pledged together; each binds at its own goal.` }),
    others.root,
    stakes.length ? h("p", { text: `Stakes of ${showCoins(stakes)} go along. You get back each one if you do it, or if it doesn't come about.` }) : "",
    h("p", null, h("button", { class: "primary", text: "Pledge all of them", attrs: { type: "submit" } })),
  );
  const chosen = (): number | null => {
    const n = /^\d{1,6}$/.test(input.value.trim()) ? Number(input.value) : null;
    const wrong =
      n === null || n > MOST_OTHERS
        ? `Write a whole number from 0 to ${number(MOST_OTHERS)}.`
        : onGrid(n)
          ? null
          : `${number(n)} isn't possible. Next to it are ${nearest(n).map(number).join(" and ")}.`;
    others.complain(wrong);
    if (wrong === null) return n;
    input.focus();
    return null;
  };
  const done = "You pledged all of them. The counters show it.";
  // Stakes go along with a transaction of one's own.
  const signed =
    stakes.length === 0 &&
    withoutCoins("Sign it for a sponsor to send", context, () => {
      const n = chosen();
      if (n === null) return null;
      const { cause: latest } = context.facts();
      const does = { pledge_bundle: { cause: latest.id, needs_others: latest.actions.map(() => n) } };
      return { does, review: pledgeBundleReview(latest, n, []), done };
    });
  if (signed) form.append(signed.root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const n = chosen();
    if (n === null) return;
    const { cause: latest } = context.facts();
    void context.act({
      asks: [{ msg: { pledge_bundle: { cause: latest.id, needs_others: latest.actions.map(() => n) } }, funds: stakesOf(latest) }],
      review: pledgeBundleReview(latest, n, stakesOf(latest)),
      done,
    });
  });
  return { root: form, ...(signed && { update: signed.update }) };
}

export const withdrawBundleForm = (context: Context): Shown =>
  single(
    "withdraw_bundle",
    "Withdraw from all of them",
    "While you are bound by none. Every stake comes back at once.",
    context,
    ({ cause }) => ({
      asks: ask({ withdraw_bundle: { cause: cause.id } }),
      review: withdrawBundleReview(cause),
      done: "Your pledges are withdrawn.",
    }),
    false,
    ({ cause }) => ({ withdraw_bundle: { cause: cause.id } }),
  );
