// Of an action that counts coins: what may go to its purpose now, and what may come back. Pure.
import type { Action, Coin, Pledge } from "../types.js";

export type Releasable = { due: Coin; /** Only if the answer about it is yes, which the page doesn't know. */ asks: boolean };

/** What is bound and wasn't released yet; of tranches the next one. `now`: the chain's time, Unix seconds. */
export function releasable(action: Action, now: number): Releasable | null {
  const { coins } = action;
  if (!coins || !action.active) return null;
  if (coins.release === "tranches") {
    const next = coins.tranches.find((one) => one.state === "waiting");
    const isClosed = action.act_from !== null && now >= action.act_from;
    return next && isClosed ? { due: next.amount, asks: coins.returned_each === null } : null;
  }
  const units = action.committed - coins.released_units;
  const { denom, amount } = coins.min;
  if (units <= 0) return null;
  const due = { denom, amount: String(BigInt(amount) * BigInt(units)) };
  if (coins.release === "on_activation") return { due, asks: false };
  return isJudged(action) && coins.returned_each === null ? { due, asks: true } : null;
}

/** Past the windows: from then on there may be an answer about the whole. */
const isJudged = (action: Action): boolean => ["judging", "appealing", "settled"].includes(action.phase);

/** Whether bound coins may come back that nobody knows of yet: the first claim asks for the answer. */
export function mayComeBack(action: Action, pledge: Pledge, now: number): boolean {
  const { coins } = action;
  if (!coins || coins.release === "on_activation" || coins.returned_each !== null) return false;
  return pledge.status === "bound" && pledge.claimable === null && releasable(action, now) !== null;
}
