// The form of a pledge of coins, and the release of what is bound.
import { parseAmount, showCoin, showCoins, symbol } from "../coins.js";
import { field, h } from "../dom.js";
import { pledgeCoinsReview, releaseReview, takeBackReview } from "../review/coins.js";
import { MOST_OTHERS, nearest, onGrid } from "../thresholds.js";
import type { Action, ActionCoins, Coin } from "../types.js";
import { type Context, type Shown, ask } from "./context.js";
import { proofs } from "./pledge.js";
import { single } from "./simple.js";

const MOST_UNITS = 1_000_000n;

const units = (coins: ActionCoins, count: number | bigint): Coin => ({
  denom: coins.min.denom,
  amount: String(BigInt(coins.min.amount) * BigInt(count)),
});

/** A typed amount in units of the least one, or what is wrong with it. */
export function typedUnits(typed: string, coins: ActionCoins): bigint | string {
  const amount = parseAmount(typed, coins.min.denom);
  if (typeof amount === "string") return amount;
  const min = BigInt(coins.min.amount);
  if (amount === 0n || amount % min !== 0n) return `Write a multiple of ${showCoin(coins.min)}.`;
  return amount / min;
}

/** A typed total as the contract takes it: 0 for the goal, else on the grid above it. */
export function typedTotal(typed: string, action: Action, coins: ActionCoins): number | string {
  if (typed.trim() === "") return 0;
  const total = typedUnits(typed, coins);
  if (typeof total === "string") return total;
  const n = Number(total);
  if (n <= action.goal) return n === action.goal ? 0 : `The goal of ${showCoin(coins.goal)} counts for everybody; write more, or nothing.`;
  if (n > MOST_OTHERS) return `At most ${showCoin(units(coins, MOST_OTHERS))} is possible.`;
  if (!onGrid(n)) return `Only totals of two digits that count are possible. Next to it are ${nearest(n).map((near) => showCoin(units(coins, near))).join(" and ")}.`;
  return n;
}

export function pledgeCoinsForm(context: Context): Shown {
  const first = context.facts().action.coins as ActionCoins;
  const amount = h("input", { attrs: { name: "amount", inputmode: "decimal", required: true, autocomplete: "off" } });
  const gives = field(`How much do you give, in ${symbol(first.min.denom)}?`, amount);
  gives.hint.hidden = false;
  gives.hint.textContent = `A multiple of ${showCoin(first.min)}.`;
  const total = h("input", { attrs: { name: "total_at_least", inputmode: "decimal", autocomplete: "off" } });
  const only = field(`Only if the total reaches, in ${symbol(first.min.denom)}`, total);
  only.hint.hidden = false;
  only.hint.textContent = `Your own coins included. Leave it empty for the goal, ${showCoin(first.goal)}.`;
  const proof = proofs(context);
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "pledge_coins", novalidate: true } },
    gives.root,
    only.root,
    proof.root,
    h("p", null, h("button", { class: "primary", text: "Pledge", attrs: { type: "submit" } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { cause, action } = context.facts();
    const coins = action.coins ?? first;
    const found = typedUnits(amount.value, coins);
    const wrong = typeof found === "string" ? found : found > MOST_UNITS ? `At most ${showCoin(units(coins, MOST_UNITS))} is possible.` : null;
    gives.complain(wrong);
    if (wrong !== null || typeof found === "string") return amount.focus();
    const least = typedTotal(total.value, action, coins);
    only.complain(typeof least === "string" ? least : null);
    if (typeof least === "string") return total.focus();
    const credentials = proof.read();
    if (credentials === null) return;
    const given = units(coins, found);
    const msg = { action: action.id, total_at_least: least, ...(credentials.length && { credentials }) };
    void context.act({
      asks: [{ msg: { pledge_coins: msg }, funds: [given] }],
      review: pledgeCoinsReview(cause, action, coins, given, least === 0 ? coins.goal : units(coins, least)),
      done: "You pledged. The counters show it.",
    });
  });
  return { root: form };
}

export const releaseForm = (context: Context, due: Coin): Shown =>
  single(
    "release",
    `Release ${showCoin(due)}`,
    context.facts().action.coins?.release === "on_activation"
      ? "It is bound. Anybody may send it to its purpose."
      : "The answer about it is yes. Anybody may send it to its purpose.",
    context,
    ({ cause, action }) => ({
      asks: ask({ release: { action: action.id } }),
      review: releaseReview(cause, action, due),
      done: "It is released.",
    }),
  );

export const takeBackForm = (context: Context, due: readonly Coin[]): Shown =>
  single(
    "take_back",
    `Take ${showCoins(due)} back`,
    "The answer about it isn't yes, or none came in time.",
    context,
    ({ cause, action }) => ({
      asks: ask({ claim: { action: action.id } }),
      review: takeBackReview(cause, action, due),
      done: "Your part came back.",
    }),
    true,
  );
