// Which form belongs to which offer. What everybody needs who pledges is here; what only some actions
// or parts offer is fetched when it is offered.
import { now } from "../time.js";
import type { CauseContext } from "./cause.js";
import type { Context, Shown } from "./context.js";
import { noPlace, pledgeForm } from "./pledge.js";
import { activateForm, alreadyDidForm, checkInForm, claimForfeitsForm, claimForm, confirmForm, settleForm, withdrawForm } from "./simple.js";
import type { Slot } from "./slot.js";
import { type CauseOffer, type Offer, offers } from "./which.js";

const money = () => import("./money.js");
const judges = () => import("./judges.js");
const roles = () => import("./roles.js");
const creator = () => import("./creator.js");
const choices = () => import("./choices.js");
const words = () => import("./words.js");

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
      return `release ${offer.due.amount}`;
    case "take_back":
      return `take_back ${JSON.stringify(offer.due)}`;
    case "claim_reward":
      return `claim_reward ${offer.reward.amount}`;
    case "claim_bonus":
      return `claim_bonus ${offer.rest.amount}`;
    default:
      return offer.kind;
  }
}

type Made = Shown | Promise<Shown>;

function make(offer: Offer, context: Context): Made {
  switch (offer.kind) {
    case "no_place":
      return noPlace(offer.lacks);
    case "pledge":
      return pledgeForm(context);
    case "withdraw":
      return withdrawForm(context, offer.back);
    case "confirm":
      return confirmForm(context);
    case "check_in":
      return checkInForm(context);
    case "already_did":
      return alreadyDidForm(context);
    case "activate":
      return activateForm(context);
    case "settle":
      return settleForm(context, offer.answer);
    case "claim":
      return claimForm(context, offer.due);
    case "claim_forfeits":
      return claimForfeitsForm(context, offer.to);
    case "pledge_bundle":
      return choices().then((code) => code.pledgeBundleForm(context));
    case "withdraw_bundle":
      return choices().then((code) => code.withdrawBundleForm(context));
    case "pledge_coins":
      return money().then((code) => code.pledgeCoinsForm(context));
    case "release":
      return money().then((code) => code.releaseForm(context, offer.due));
    case "take_back":
      return money().then((code) => code.takeBackForm(context, offer.due));
    case "sponsor_bonus":
      return money().then((code) => code.sponsorBonusForm(context));
    case "claim_bonus":
      return money().then((code) => code.claimBonusForm(context, offer.rest));
    case "attest":
      return roles().then((code) => code.attestForm(context));
    case "attest_outcome":
      return judges().then((code) => code.attestOutcomeForm(context));
    case "state_saving":
      return roles().then((code) => code.stateSavingForm(context));
    case "challenge":
      return judges().then((code) => code.challengeForm(context));
    case "claim_reward":
      return judges().then((code) => code.claimRewardForm(context, offer.reward));
    case "claim_for":
      return roles().then((code) => code.claimForForm(context));
  }
}

function makeForCause(offer: CauseOffer, context: CauseContext): Promise<Shown> {
  switch (offer.kind) {
    case "say":
      return words().then((code) => code.sayForm(context));
    case "rate":
      return words().then((code) => code.rateForm(context));
    case "score":
      return choices().then((code) => code.scoreForm(context));
    case "second":
      return choices().then((code) => code.secondForm(context, offer.open));
    case "propose":
      return choices().then((code) => code.proposeForm(context));
    case "support":
      return money().then((code) => code.supportForm(context));
    case "sweep_fund":
      return money().then((code) => code.sweepForm(context));
    case "spend_fund":
      return creator().then((code) => code.spendForm(context));
    case "cancel_cause":
      return creator().then((code) => code.cancelForm(context));
  }
}

/** What one may do about an action. */
export function showOffers(slot: Slot, context: Context, only: (offer: Offer) => boolean = () => true): void {
  const { action, cause, me } = context.facts();
  const list = offers(action, me, now(), cause.actions).filter(only);
  slot.put(list.map((offer) => ({ key: keyOf(offer), draw: () => make(offer, context) })), me.address);
}

/** What one may do about a cause as a whole. */
export function showCauseOffers(slot: Slot, context: CauseContext, list: readonly CauseOffer[], whose: string): void {
  slot.put(list.map((offer) => ({ key: keyOf(offer), draw: () => makeForCause(offer, context) })), whose);
}
