// Of an action that counts coins: what may go to its purpose now. What comes back is a claim. Pure.
import type { Action, Coin, Verdict } from "../types.js";

/** What is bound and wasn't released yet; of tranches the next one. `verdict`: what the contract reads of the answer now. */
export function releasable(action: Action, now: number, verdict: Verdict | null | undefined): Coin | null {
  const { coins } = action;
  if (!coins || !action.active) return null;
  // Once it is fixed what goes back, all parts before that had a yes.
  const isYes = coins.returned_each !== null || verdict?.releases === true;
  if (coins.release === "tranches") {
    const next = coins.tranches.find((one) => one.state === "waiting");
    const isClosed = action.act_from !== null && now >= action.act_from;
    return next && isClosed && isYes ? next.amount : null;
  }
  const units = action.committed - coins.released_units;
  const { denom, amount } = coins.min;
  if (units <= 0) return null;
  const due = { denom, amount: String(BigInt(amount) * BigInt(units)) };
  if (coins.release === "on_activation") return due;
  return coins.returned_each === null && isYes ? due : null;
}

/** Whether others' answers about these coins are still to come, or to be acted on. */
export const awaitsAnswers = ({ active, coins }: Action): boolean => {
  if (!coins || !active || coins.release === "on_activation" || coins.returned_each !== null) return false;
  return coins.release === "on_success" ? coins.released_units === 0 : coins.tranches.some((one) => one.state === "waiting");
};
