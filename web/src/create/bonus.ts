// A sponsor's refund bonus: what each gets who was ready early, where too few are in. Pure.
import { address } from "../bech32.js";
import { coin, parseAmount, showCoin } from "../coins.js";
import { moment, unix } from "../time.js";
import { MAX_STAKE } from "./limits.js";

/** As `create_cause` takes it. */
export interface BonusTerms {
  sponsor: string;
  per_pledge: string;
  /** Unix seconds. */
  before: number;
}

/** What a bonus depends on of its action. */
export interface Beside {
  /** Of the stakes, or of what is given; null without either. */
  denom: string | null;
  /** Unix seconds; null: it never closes. */
  close: number | null;
  lock: number;
  /** Requirements of other causes, or a counterpart. */
  elsewhere: boolean;
  confirms: boolean;
}

/** Whether one is asked for. */
const wanted = (entries: Record<string, string>): boolean =>
  ["bonus_sponsor", "bonus_amount", "bonus_before"].some((name) => (entries[name] ?? "").trim() !== "");

/** Why there can't be one beside the rest: the contract's rules. */
function wrongBeside(beside: Beside): string | null {
  if (beside.close === null) return "It needs a close: only there it shows that too few are in.";
  if (beside.lock === 0) return "It needs time before the close in which nobody may leave: else people leave in the last moment to get it.";
  if (beside.elsewhere) return "Not beside actions of other causes, or a counterpart: somebody else decides about those.";
  return beside.confirms ? "Not where people are asked once more: they could stay silent to get it." : null;
}

export function readBonus(
  entries: Record<string, string>,
  beside: Beside,
  around: { prefix: string; now: number; taken: { contract: string } },
): { bonus: { bonus?: BonusTerms }; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  if (beside.denom === null || !wanted(entries)) return { bonus: {}, errors };
  const wrong = wrongBeside(beside);
  if (wrong) errors.bonus_sponsor = wrong;
  const typed = (entries.bonus_sponsor ?? "").trim();
  const sponsor = address(typed, around.prefix);
  if (sponsor === null) errors.bonus_sponsor ??= `An address that begins with ${around.prefix}1.`;
  else if (sponsor === around.taken.contract) errors.bonus_sponsor ??= "The contract itself can't be that.";
  const each = parseAmount(entries.bonus_amount ?? "", beside.denom);
  if (typeof each === "string") errors.bonus_amount = each;
  else if (each === 0n) errors.bonus_amount = "More than nothing.";
  else if (each > MAX_STAKE) errors.bonus_amount = "That is more than the contract can count.";
  const before = unix(entries.bonus_before ?? "");
  if (before === null) errors.bonus_before = "Choose a day and a time.";
  else if (before <= around.now) errors.bonus_before = "That is over already.";
  else if (beside.close !== null && before > beside.close) errors.bonus_before = "Not after the close.";
  return { bonus: { bonus: { sponsor: sponsor ?? typed, per_pledge: String(each), before: before ?? 0 } }, errors };
}

/** What of an action its review needs. */
interface Of {
  bonus?: BonusTerms;
  stake?: { coin: { denom: string } };
  unit?: { coins: { denom: string } };
  requires?: readonly unknown[];
}

/** For the review; empty without one. */
export function bonusFacts({ bonus, stake, unit, requires = [] }: Of): [string, string][] {
  if (!bonus) return [];
  const each = showCoin(coin(unit?.coins.denom ?? stake?.coin.denom ?? "", BigInt(bonus.per_pledge)));
  return [
    [
      "Refund bonus",
      `up to ${each} to each who pledges ${unit ? "" : "with a stake "}before ${moment(bonus.before)} and asks for nobody beyond the goal, if too few are in at the close${requires.length > 0 ? " and nothing that it requires has failed by then" : ""}; ${bonus.sponsor} puts it in once it has started, and gets the rest back. You get none of it`,
    ],
  ];
}
