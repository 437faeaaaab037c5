// A deposit behind the vote of those who pledged, from entries to the message. Pure.
import { parseAmount, showCoin } from "../coins.js";
import * as limits from "./limits.js";
import type { NewAction } from "./read.js";

type Entries = Record<string, string>;
type Note = (name: string, wrong: string | null) => unknown;
type Coin = { denom: string; amount: string };

/** Whether a gate makes it costly to be many voters. */
const isCostly = ({ gate }: NewAction): boolean =>
  gate !== undefined && (gate.attested !== undefined || (gate.list ?? []).length > 0 || gate.only === "organisation");

/** The action with the deposit that was typed, if one was. */
export function withDeposit(entries: Entries, action: NewAction, note: Note): NewAction {
  const typed = (entries.outcome_deposit ?? "").trim();
  const { outcome, stake } = action;
  if (typed === "" || !outcome || !("vote" in outcome.by) || !("pledgers" in outcome.by.vote.electorate)) return action;
  const denom = entries.outcome_deposit_denom ?? "";
  const sum = parseAmount(typed, denom);
  if (typeof sum === "string") note("outcome_deposit", sum);
  else if (sum === 0n) note("outcome_deposit", "More than nothing, or leave it empty.");
  else if (sum + BigInt(/^\d+$/.test(stake?.coin.amount ?? "") ? (stake?.coin.amount ?? "0") : "0") > limits.MAX_STAKE) {
    note("outcome_deposit", "With the stake that is more than the contract can count.");
  }
  if (stake && stake.coin.denom !== denom) note("outcome_deposit", "Stake and deposit are of one coin.");
  if (!isCostly(action)) {
    note("outcome_deposit", "Only where one person can't be many voters: ask for attested persons, a list or organisations under “Who may pledge”.");
  }
  return { ...action, outcome: { ...outcome, deposit: { denom, amount: String(sum) } } };
}

/** For the review. */
export const depositWords = (deposit: Coin): string =>
  `${showCoin(deposit)} from each who pledges, settled by that vote; back at once for whoever is never bound, and for everybody where nobody can say`;
