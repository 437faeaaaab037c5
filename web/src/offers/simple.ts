// Offers that need no more than a button, and the check-in with its evidence.
import { showCoin, showCoins } from "../coins.js";
import { button, h } from "../dom.js";
import { rememberSaid } from "../early.js";
import {
  activateReview,
  alreadyDidReview,
  checkInReview,
  claimForfeitsReview,
  claimReview,
  confirmReview,
  settleReview,
  withdrawReview,
} from "../review/others.js";
import { ANSWERS, type AnswerWord } from "../review/judged.js";
import type { Wish } from "../perform.js";
import type { Action, Coin } from "../types.js";
import { moment } from "../time.js";
import { short } from "../words.js";
import type { Does } from "../relay/doc.js";
import { type Context, type Facts, type Shown, ask } from "./context.js";
import { evidenceFields } from "./evidence.js";
import { withoutCoins } from "./relay.js";

export function single(
  kind: string,
  label: string,
  hint: string,
  context: Context,
  wish: (facts: Facts) => Wish,
  primary = false,
  does?: (facts: Facts) => Does,
): Shown {
  const send = button(label, () => context.act(wish(context.facts())), primary ? "primary" : "");
  const signed =
    does &&
    withoutCoins("Sign it for a sponsor to send", context, () => {
      const facts = context.facts();
      const { review, done, landed } = wish(facts);
      return { does: does(facts), review, done, ...(landed && { landed }) };
    });
  const parts = [h("p", { class: "hint", text: hint }), h("p", null, send), signed?.root];
  return { root: h("div", { class: "offer", attrs: { "data-offer": kind } }, ...parts), ...(signed && { update: signed.update }) };
}

export const withdrawForm = (context: Context, back: Coin | null): Shown =>
  single(
    "withdraw",
    "Withdraw my pledge",
    back ? `${showCoin(back)} comes back at once.` : "You are not counted any more.",
    context,
    ({ cause, action }) => ({
      asks: ask({ withdraw: { action: action.id } }),
      review: withdrawReview(cause, action, back),
      done: "Your pledge is withdrawn.",
    }),
    false,
    ({ action }) => ({ withdraw: { action: action.id } }),
  );

export const alreadyDidForm = (context: Context): Shown =>
  single(
    "already_did",
    "I have already done it",
    "Counted beside the pledges, without a promise.",
    context,
    ({ cause, action, me }) => ({
      asks: ask({ already_did: { action: action.id } }),
      review: alreadyDidReview(cause, action),
      done: "You are counted among those who had done it before.",
      landed: () => rememberSaid(context.session.info.contracts.causes.address, action.id, me.address),
    }),
    false,
    ({ action }) => ({ already_did: { action: action.id } }),
  );

export const activateForm = (context: Context): Shown =>
  single(
    "activate",
    "Bind them together",
    "Everything that this action requires is ready. Anybody may bind them, all at once.",
    context,
    ({ cause, action }) => ({
      asks: ask({ activate: { action: action.id } }),
      review: activateReview(cause, action),
      done: "They are bound.",
    }),
  );

export const confirmForm = (context: Context): Shown => {
  const until = context.facts().action.confirming?.until;
  return single(
    "confirm",
    "Confirm: I am still in",
    `Only those who confirm are bound, if enough of them do.${until ? ` Who stays silent until ${moment(until)} is out, with every coin.` : ""}`,
    context,
    ({ cause, action, me }) => ({
      asks: ask({ confirm: { action: action.id } }),
      review: confirmReview(cause, action, me.pledge?.needs_others ?? 0),
      done: "You confirmed.",
    }),
    true,
    ({ action }) => ({ confirm: { action: action.id } }),
  );
};

/** `answer`: a final one that is read on the way. */
export const settleForm = (context: Context, answer: AnswerWord | null): Shown =>
  single("settle", "Settle", answer === null ? "Its last window has ended. Anybody may fix the totals." : `The final answer is there: ${ANSWERS[answer]}. Anybody may have it stored, and what follows fixed.`, context, ({ cause, action }) => ({
    asks: ask({ settle: { action: action.id } }),
    review: settleReview(cause, action, answer === null ? null : ANSWERS[answer]),
    done: "The totals are fixed.",
  }));

function claimHint({ active, bonus, judging }: Action, due: readonly Coin[]): string {
  if (judging?.deposits?.settled) return "At least; a vote decides.";
  if (due.length === 0) return "No coins are due to you; this only closes the pledge.";
  const more = active ? ", with your share of what others forfeited, if any did" : bonus ? ", and the refund bonus if you were early" : "";
  return `What you gave${more}.`;
}

export const claimForm = (context: Context, due: readonly Coin[]): Shown =>
  single(
    "claim",
    due.length ? `Claim ${showCoins(due)}` : "Close my pledge",
    claimHint(context.facts().action, due),
    context,
    ({ cause, action }) => ({
      asks: ask({ claim: { action: action.id } }),
      review: claimReview(cause, action, due),
      done: due.length ? `${showCoins(due)} came back to you.` : "Your pledge is closed.",
    }),
    due.length > 0,
  );

export const claimForfeitsForm = (context: Context, to: string): Shown =>
  single("claim_forfeits", "Pay the forfeits", `What was forfeited waits for ${short(to)}. Anybody may send it there.`, context, ({ cause, action }) => ({
    asks: ask({ claim_forfeits: { action: action.id } }),
    review: claimForfeitsReview(cause, action, to),
    done: "The forfeits are paid.",
  }));

/** "I did it", perhaps with where a picture or document is and the fingerprint of it. */
export function checkInForm(context: Context): Shown {
  const evidence = evidenceFields();
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "check_in", novalidate: true } },
    evidence.root,
    h("p", null, h("button", { class: "primary", text: "Check in: I did it", attrs: { type: "submit" } })),
  );
  const signed = withoutCoins("Sign it for a sponsor to send", context, () => {
    const given = evidence.read();
    if (given === "wrong") return null;
    const { cause, action } = context.facts();
    return {
      does: { check_in: { action: action.id, ...(given && { evidence: given }) } },
      review: checkInReview(cause, action, given),
      done: "You checked in.",
    };
  });
  form.append(signed.root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = evidence.read();
    if (given === "wrong") return;
    const { cause, action } = context.facts();
    void context.act({
      asks: ask({ check_in: { action: action.id, ...(given && { evidence: given }) } }),
      review: checkInReview(cause, action, given),
      done: "You checked in.",
    });
  });
  return { root: form, update: signed.update };
}
