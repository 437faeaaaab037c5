// Deposits behind an honest vote: what goes along with a pledge beside the stake, and comes back.
import { coin } from "./coins.js";
import type { Action, Coin } from "./types.js";

/** One person's deposit, where a vote is backed by one. */
export const depositOf = (action: Action): Coin | null => action.judging?.deposits?.each ?? null;

/** Whether the bound are paid only once there is an answer about the action as a whole. */
export const awaitsAnswer = (action: Action): boolean => action.fulfilment === "collective" || depositOf(action) !== null;

/** What a pledge brings: the deposit, and the stake where it is given, as one coin. */
export function brought(action: Action, staked: boolean): Coin | null {
  const [deposit, stake] = [depositOf(action), staked ? action.stake : null];
  const first = stake ?? deposit;
  return first && coin(first.denom, BigInt(stake?.amount ?? 0) + BigInt(deposit?.amount ?? 0));
}
