// What a person's part in an action is, in a sentence or two.
import { coin, showCoin, showCoins } from "../coins.js";
import { depositOf } from "../deposit.js";
import type { Me } from "../offers/which.js";
import { isBound } from "../offers/pledged.js";
import { challengedUntil } from "../review/judged.js";
import { thresholdWords } from "../review/pledge.js";
import { withoutOwn } from "../thresholds.js";
import { moment } from "../time.js";
import type { Action, ActionCoins, Pledge, Verdict } from "../types.js";

const isOpen = (action: Action): boolean => action.phase === "pledging" || action.phase === "locked";

const LATER: Record<ActionCoins["release"], string> = {
  on_activation: "",
  on_success: " Once the answer is yes they go to their purpose; otherwise they come back.",
  tranches: " They go to their purpose in parts, each once the answer about it is yes; otherwise it and the later ones come back.",
};

/** Of coins for a purpose; null where a pledge of coins stands like any other. */
function coinsWords({ coins }: Action, { status, coins: given }: Pledge): string | null {
  if (!coins || !given) return null;
  const gave = showCoin(given.amount);
  switch (status) {
    case "standing": {
      const total = coin(coins.min.denom, BigInt(coins.min.amount) * BigInt(given.total_at_least));
      return `You gave ${gave}, if ${showCoin(total)} or more come together. Now ${showCoin(coins.committed)} would be bound.`;
    }
    case "bound":
      return `Your ${gave} are bound: enough came together.${LATER[coins.release]}`;
    case "kept":
      return `Your ${gave} went to their purpose.`;
    default:
      return null;
  }
}

function pledgeWords(action: Action, pledge: Pledge): string[] {
  const purpose = coinsWords(action, pledge);
  if (purpose !== null) return [purpose];
  const deposit = depositOf(action);
  const stake = `${pledge.stake ? ` Your stake: ${showCoin(pledge.stake)}.` : ""}${deposit ? ` Your deposit: ${showCoin(deposit)}.` : ""}`;
  switch (pledge.status) {
    case "standing": {
      if (action.confirming) {
        const until = moment(action.confirming.until);
        return [pledge.confirmed ? `You confirmed. At ${until} it is decided whether enough did.${stake}` : `Confirm until ${until}, or you are out, with every coin.${stake}`];
      }
      const asks = action.confirm_window ? " You are asked once more before you are bound." : "";
      return [`You pledged. ${thresholdWords(action, withoutOwn(action, pledge.needs_others), pledge.needs_others, true)}${asks}${stake}`];
    }
    case "bound": {
      if (action.fulfilment === "collective") return [`You are bound: enough others are in. All stand or fall together.${stake}`];
      if (pledge.challenge === "pending") return [`Your check-in was challenged. It falls only if the final answer is no; your stake waits for it.${stake}`];
      if (pledge.checked_in && action.fulfilment === "challengeable") {
        return [`You checked in. It counts unless it falls to a challenge, which anybody may bring ${challengedUntil(action)}.${stake}`];
      }
      const until = action.report_from === null ? "" : ` Reports are taken until ${moment(action.report_from + action.report_window)}.`;
      const next = pledge.checked_in ? "You checked in." : "You are bound: enough others are in. Do it, and check in.";
      return [`${next}${until}${stake}`];
    }
    case "kept":
      return [`You kept your promise.${stake}`];
    case "broken":
      if (pledge.challenge === "fell") return ["Your check-in was challenged, and it fell: your stake is forfeited."];
      return ["It counts as not done: your stake, if you gave one, is forfeited."];
    case "excused":
      return [`You are excused.${stake}`];
    case "released":
      return [isOpen(action) ? "You didn't confirm when it was asked, so you aren't in any more. Claim what is yours; then you may pledge again." : "It ended without you being bound."];
    case "claimed":
      return ["Your pledge is done and paid."];
    case "withdrawn":
      return ["You withdrew your pledge."];
  }
}

/** How the question stands at the verdict contract, while its answer isn't stored here. */
function verdictWords({ phase, asked, answer }: Verdict): string[] {
  if (answer !== null) return [];
  if (phase === "appealing") return ["There is an answer. It can still be appealed, and counts once it is final."];
  return asked ? ["The question whether it succeeded was asked. There is no answer yet."] : [];
}

/** Whose deposit hangs on their vote. */
function voteWords({ judging, phase }: Action, pledge: Pledge | null): string[] {
  if (!judging?.deposits || judging.answer !== null || !pledge || !isBound(pledge)) return [];
  const where = `at the verdict contract ${judging.judge?.verdict ?? ""}`;
  return [phase === "judging" ? `Vote ${where}: what comes back of your deposit depends on it.` : `Once the reports are in you will be asked whether it succeeded, ${where}. What comes back of your deposit depends on your vote.`];
}

/** Empty where the person has no part. */
export function statusWords(action: Action, me: Me): string[] {
  const words: string[] = [];
  if (me.pledge) words.push(...pledgeWords(action, me.pledge));
  if (action.attestors.includes(me.address)) words.push("You are an attestor of this action.");
  if (action.judging?.attestors.includes(me.address)) words.push("You are an attestor of its outcome.");
  if (me.verdict) words.push(...verdictWords(me.verdict));
  words.push(...voteWords(action, me.pledge));
  if (action.forfeits_address === me.address) {
    words.push(`What is forfeited here goes to you${action.totals ? `: ${showCoins(action.stake ? [{ denom: action.stake.denom, amount: action.totals.to_address }] : [])}` : ""}.`);
  }
  return words;
}
