// What a person's part in an action is, in a sentence or two.
import { showCoin, showCoins } from "../coins.js";
import type { Me } from "../offers/which.js";
import { thresholdWords } from "../review/pledge.js";
import { withoutOwn } from "../thresholds.js";
import { moment } from "../time.js";
import type { Action, Pledge } from "../types.js";

const isOpen = (action: Action): boolean => action.phase === "pledging" || action.phase === "locked";

function pledgeWords(action: Action, pledge: Pledge): string[] {
  const stake = pledge.stake ? ` Your stake: ${showCoin(pledge.stake)}.` : "";
  switch (pledge.status) {
    case "standing":
      if (action.confirming) {
        const until = moment(action.confirming.until);
        return [pledge.confirmed ? `You confirmed. At ${until} it is decided whether enough did.${stake}` : `Confirm until ${until}, or you are out, with every coin.${stake}`];
      }
      return [`You pledged. ${thresholdWords(action, withoutOwn(action, pledge.needs_others), pledge.needs_others)}${stake}`];
    case "bound": {
      const until = action.settled_from === null ? "" : ` Reports are taken until ${moment(action.settled_from)}.`;
      const next = pledge.checked_in ? "You checked in." : "You are bound: enough others are in. Do it, and check in.";
      return [`${next}${until}${stake}`];
    }
    case "kept":
      return [`You kept your promise.${stake}`];
    case "broken":
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

/** Empty where the person has no part. */
export function statusWords(action: Action, me: Me): string[] {
  const words: string[] = [];
  if (me.pledge) words.push(...pledgeWords(action, me.pledge));
  if (action.attestors.includes(me.address)) words.push("You are an attestor of this action.");
  if (action.forfeits_address === me.address) {
    words.push(`What is forfeited here goes to you${action.totals ? `: ${showCoins(action.stake ? [{ denom: action.stake.denom, amount: action.totals.to_address }] : [])}` : ""}.`);
  }
  return words;
}
