// Offers that need no more than a button, and the check-in with its evidence.
import { showCoin, showCoins } from "../coins.js";
import { button, field, h } from "../dom.js";
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
import { toHex } from "../tx/bytes.js";
import type { Wish } from "../perform.js";
import type { Action, Coin } from "../types.js";
import { moment } from "../time.js";
import { short } from "../words.js";
import type { Does } from "../relay/doc.js";
import { type Context, type Facts, type Shown, ask } from "./context.js";
import { withoutCoins } from "./relay.js";

const MOST_URI_BYTES = 256;

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
    ({ cause, action }) => ({
      asks: ask({ confirm: { action: action.id } }),
      review: confirmReview(cause, action),
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

async function sha256(file: File): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
}

/** "I did it", perhaps with where a picture or document is and the fingerprint of it. */
export function checkInForm(context: Context): Shown {
  const uri = field("Where evidence is, if any", h("input", { attrs: { type: "url", name: "evidence_uri" } }), "An address on the web. It is shown, never fetched.");
  const file = field("The same file", h("input", { attrs: { type: "file", name: "evidence_file" } }), "It stays here: only its fingerprint is recorded, so that nobody can exchange it later.");
  const hash = field("Its SHA-256", h("input", { attrs: { name: "evidence_sha256", autocomplete: "off", spellcheck: "false" } }), "Filled in from the file.");
  file.input.addEventListener("change", async () => {
    const chosen = file.input.files?.[0];
    if (!chosen) return;
    if (!globalThis.crypto?.subtle) {
      return file.complain("This page isn't served safely, so it can't compute the fingerprint. Write it below yourself.");
    }
    hash.input.value = await sha256(chosen);
    file.complain(null);
    hash.complain(null);
  });

  const read = (): { uri: string; sha256: string } | null | "wrong" => {
    const where = uri.input.value.trim();
    const print = hash.input.value.trim().toLowerCase();
    uri.complain(null);
    hash.complain(null);
    if (!where && !print) return null;
    if (!where) uri.complain("Say where it is, or leave both empty.");
    else if (new TextEncoder().encode(where).length > MOST_URI_BYTES) uri.complain(`At most ${MOST_URI_BYTES} bytes.`);
    else if (!/^[0-9a-f]{64}$/.test(print)) hash.complain("Choose the file, or write 64 digits 0-9 and a-f.");
    else return { uri: where, sha256: print };
    return "wrong";
  };
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "check_in", novalidate: true } },
    h("details", null, h("summary", { text: "Add evidence" }), uri.root, file.root, hash.root),
    h("p", null, h("button", { class: "primary", text: "Check in: I did it", attrs: { type: "submit" } })),
  );
  const checked = (): { uri: string; sha256: string } | null | "wrong" => {
    const evidence = read();
    if (evidence === "wrong") {
      form.querySelector("details")?.setAttribute("open", "");
      form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
    return evidence;
  };
  const signed = withoutCoins("Sign it for a sponsor to send", context, () => {
    const evidence = checked();
    if (evidence === "wrong") return null;
    const { cause, action } = context.facts();
    return {
      does: { check_in: { action: action.id, ...(evidence && { evidence }) } },
      review: checkInReview(cause, action, evidence),
      done: "You checked in.",
    };
  });
  form.append(signed.root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const evidence = checked();
    if (evidence === "wrong") return;
    const { cause, action } = context.facts();
    void context.act({
      asks: ask({ check_in: { action: action.id, ...(evidence && { evidence }) } }),
      review: checkInReview(cause, action, evidence),
      done: "You checked in.",
    });
  });
  return { root: form, update: signed.update };
}
