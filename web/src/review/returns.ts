// What may come back of a stake: worst, most likely, best. The arithmetic is the contract's
// (mechanism/src/forfeits.rs), in whole coins of the smallest unit.
import { coin, showCoin } from "../coins.js";
import { depositOf } from "../deposit.js";
import type { Action, Coin } from "../types.js";
import type { Returns } from "./dialog.js";

const BPS = 10_000n;

/** The share of each who kept it, where as many broke it as kept it: none can be larger. */
export function bestShare(action: Action, feeBps: number): bigint {
  const stake = BigInt(action.stake?.amount ?? "0");
  const left = stake - stake / 100n;
  const afterFee = left - (left * BigInt(feeBps)) / BPS;
  switch (action.forfeits_to) {
    case "cooperators":
      return afterFee;
    case "everybody":
      // All but oneself broke it, in a crowd without end: still less than one stake.
      return afterFee > 0n ? afterFee - 1n : 0n;
    default:
      return 0n;
  }
}

function worst(action: Action): string {
  const how =
    action.fulfilment === "attested"
      ? "It comes about, and the attestors say that you didn't do it"
      : action.fulfilment === "collective"
        ? "It comes about, and the answer is that it didn't succeed, whatever you did"
        : action.fulfilment === "challengeable"
          ? "It comes about, and you don't check in, or your check-in falls to a challenge"
          : "It comes about, and you don't check in";
  switch (action.forfeits_to) {
    case "cooperators":
      return `0. ${how}: your stake goes to those who did it.`;
    case "everybody":
      return `0, or an equal part of what is forfeited. ${how}: your stake goes to everybody who was bound.`;
    default:
      return `0. ${how}: your stake goes to the address named in the action.`;
  }
}

/** What a deposit behind an honest vote may bring back. */
function ofDeposit(deposit: Coin): Returns {
  const own = showCoin(deposit);
  return {
    worst: "0. It comes about, and you vote against the larger side, or seal a vote and never open it, or don't vote.",
    likely: `${own}, your whole deposit: you vote with the larger side, or it doesn't come about, or nobody can say.`,
    best: `${own} and an equal part of what others lose: you vote with the larger side.`,
  };
}

/** What a pledge may bring back, of its stake, where it has one, and of its deposit. */
export function returnsOf(action: Action, feeBps: number, staked = true): Returns | undefined {
  const stake = staked ? ofStake(action, feeBps) : undefined;
  const own = depositOf(action);
  const deposit = own ? ofDeposit(own) : undefined;
  if (!stake || !deposit) return stake ?? deposit;
  const both = (of: keyof Returns): string => `Stake: ${stake[of]} Deposit: ${deposit[of]}`;
  return { worst: both("worst"), likely: both("likely"), best: both("best") };
}

function ofStake(action: Action, feeBps: number): Returns | undefined {
  if (!action.stake) return undefined;
  const stake = BigInt(action.stake.amount);
  const show = (amount: bigint): string => showCoin(coin(action.stake?.denom ?? "", amount));
  if (action.fulfilment === "collective") {
    return { worst: worst(action), likely: `${show(stake)}, your whole stake: it doesn't come about, or it succeeds, or nobody can say.`, best: `${show(stake)}, your whole stake.` };
  }
  const share = bestShare(action, feeBps);
  return {
    worst: worst(action),
    likely: `${show(stake)}, your whole stake: it doesn't come about, or you do it and the others do too.`,
    best:
      share > 0n
        ? `Up to ${show(stake + share)}: you do it, and others forfeit theirs. No share exceeds one stake.`
        : `${show(stake)}, your whole stake.`,
  };
}
