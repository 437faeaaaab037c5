// Draws offers into their slots. A form stays the same element as long as its offer lasts: what
// somebody is typing survives every change around it.
import { h } from "../dom.js";
import { now } from "../time.js";
import { claimBonusForm, sponsorBonusForm } from "./bonus.js";
import { pledgeBundleForm, withdrawBundleForm } from "./bundle.js";
import { type CauseContext, cancelForm, spendForm } from "./cause.js";
import { proposeForm, scoreForm, secondForm } from "./choice.js";
import { pledgeCoinsForm, releaseForm, takeBackForm } from "./coins.js";
import type { Context, Shown } from "./context.js";
import { supportForm, sweepForm } from "./fund.js";
import { attestOutcomeForm, challengeForm } from "./judged.js";
import { attestForm, claimForForm } from "./people.js";
import { noPlace, pledgeForm } from "./pledge.js";
import { rateForm, sayForm } from "./registry.js";
import { activateForm, alreadyDidForm, checkInForm, claimForfeitsForm, claimForm, confirmForm, settleForm, withdrawForm } from "./simple.js";
import { type CauseOffer, type Offer, offers } from "./which.js";

/** What an offer's form was drawn from besides the latest facts: another value is another form. */
function keyOf(offer: Offer | CauseOffer): string {
  switch (offer.kind) {
    case "claim":
      return `claim ${JSON.stringify(offer.due)}`;
    case "withdraw":
      return `withdraw ${JSON.stringify(offer.back)}`;
    case "no_place":
      return `no_place ${offer.lacks.join(" ")}`;
    case "second":
      return `second ${offer.open.map((p) => p.proposal).join(" ")}`;
    case "pledge":
      return `pledge ${offer.stake}`;
    case "settle":
      return `settle ${offer.answer}`;
    case "release":
      return `release ${offer.due.amount} ${offer.asks}`;
    case "claim_bonus":
      return `claim_bonus ${offer.rest.amount}`;
    default:
      return offer.kind;
  }
}

function make(offer: Offer, context: Context): Shown {
  switch (offer.kind) {
    case "no_place":
      return noPlace(offer.lacks);
    case "pledge":
      return pledgeForm(context);
    case "pledge_bundle":
      return pledgeBundleForm(context);
    case "withdraw_bundle":
      return withdrawBundleForm(context);
    case "pledge_coins":
      return pledgeCoinsForm(context);
    case "release":
      return releaseForm(context, offer.due, offer.asks);
    case "take_back":
      return takeBackForm(context);
    case "withdraw":
      return withdrawForm(context, offer.back);
    case "confirm":
      return confirmForm(context);
    case "check_in":
      return checkInForm(context);
    case "already_did":
      return alreadyDidForm(context);
    case "attest":
      return attestForm(context);
    case "attest_outcome":
      return attestOutcomeForm(context);
    case "challenge":
      return challengeForm(context);
    case "activate":
      return activateForm(context);
    case "settle":
      return settleForm(context, offer.answer);
    case "claim":
      return claimForm(context, offer.due);
    case "claim_for":
      return claimForForm(context);
    case "claim_forfeits":
      return claimForfeitsForm(context, offer.to);
    case "sponsor_bonus":
      return sponsorBonusForm(context);
    case "claim_bonus":
      return claimBonusForm(context, offer.rest);
  }
}

function makeForCause(offer: CauseOffer, context: CauseContext): Shown {
  switch (offer.kind) {
    case "say":
      return sayForm(context);
    case "rate":
      return rateForm(context);
    case "score":
      return scoreForm(context);
    case "second":
      return secondForm(context, offer.open);
    case "propose":
      return proposeForm(context);
    case "support":
      return supportForm(context);
    case "spend_fund":
      return spendForm(context);
    case "sweep_fund":
      return sweepForm(context);
    case "cancel_cause":
      return cancelForm(context);
  }
}

/** The forms in one slot. */
export class Slot {
  private readonly forms = new Map<string, Shown>();
  private readonly status = h("div");
  private whose = "";

  constructor(private readonly place: HTMLElement) {
    place.replaceChildren(this.status);
  }

  /** Text or buttons above the offers: who one is here, or how to connect. */
  say(...parts: Node[]): void {
    const there = [...this.status.childNodes];
    // What is there already isn't put there again: that would take the focus out of it.
    if (there.length === parts.length && there.every((node, i) => node === parts[i])) return;
    this.status.replaceChildren(...parts);
  }

  private reconcile<O extends Offer | CauseOffer>(list: readonly O[], whose: string, draw: (offer: O) => Shown): void {
    if (whose !== this.whose) this.clear();
    this.whose = whose;
    const wanted = new Map(list.map((offer) => [keyOf(offer), offer]));
    for (const [key, shown] of this.forms) {
      if (wanted.has(key)) continue;
      const hadFocus = shown.root.contains(document.activeElement);
      shown.root.remove();
      this.forms.delete(key);
      if (hadFocus) this.focus();
    }
    for (const [key, offer] of wanted) {
      const shown = this.forms.get(key);
      if (shown) {
        shown.update?.();
        continue;
      }
      const made = draw(offer);
      this.forms.set(key, made);
      this.place.append(made.root);
    }
  }

  /** Where the focused form has gone, its slot takes the focus, so that the keyboard isn't lost. */
  private focus(): void {
    this.place.tabIndex = -1;
    this.place.focus({ preventScroll: true });
  }

  show(context: Context, only: (offer: Offer) => boolean = () => true): void {
    const { action, cause, me } = context.facts();
    this.reconcile(offers(action, me, now(), cause.actions).filter(only), me.address, (offer) => make(offer, context));
  }

  showCause(context: CauseContext, list: readonly CauseOffer[], whose: string): void {
    this.reconcile(list, whose, (offer) => makeForCause(offer, context));
  }

  clear(): void {
    for (const { root } of this.forms.values()) root.remove();
    this.forms.clear();
  }
}
