// The form of a pledge: the personal threshold on the grid, and the stake.
import { address } from "../bech32.js";
import { showCoin } from "../coins.js";
import { brought as coinsOf, depositOf } from "../deposit.js";
import { button, field, h } from "../dom.js";
import { pledgeReview, thresholdWords } from "../review/pledge.js";
import { MOST_OTHERS, atGoal, nearest, onGrid, withoutOwn } from "../thresholds.js";
import { now } from "../time.js";
import { number, short } from "../words.js";
import type { Context, Shown } from "./context.js";
import { type Credential, asks, credentials } from "./gate.js";
import { withoutCoins } from "./relay.js";

/** What somebody lacks who may not pledge here. */
export function noPlace(lacks: readonly string[]): Shown {
  const root = h("div", { class: "offer", attrs: { "data-offer": "no_place" } });
  root.append(...lacks.map((text) => h("p", { text })));
  return { root };
}

export function pledgeForm(context: Context): Shown {
  const { action } = context.facts();
  const least = atGoal(action.goal);
  const input = h("input", {
    attrs: { type: "number", name: "needs_others", inputmode: "numeric", min: 0, max: MOST_OTHERS, step: 1, required: true },
  });
  input.value = String(least);
  const others = field("How many others must be in before you are?", input);
  others.hint.hidden = false;
  const choices = h("p", { class: "pair", attrs: { hidden: true } });
  const stake = stakeChoice(context);
  const proof = proofs(context);
  const brought = referrerChoice(context);
  const signed = withoutCoins("Pledge without coins", context, () => {
    if (!look(true)) {
      input.focus();
      return null;
    }
    const credentials = proof.read();
    if (credentials === null) return null;
    const needsOthers = typed() ?? 0;
    const { cause, action: latest } = context.facts();
    const referrer = brought.chosen();
    // The contract writes these fields in this order, and so does the text that is signed.
    const proven = credentials.map(({ nullifier, expires, signature }) => ({ nullifier, expires, signature }));
    return {
      does: {
        pledge: {
          action: latest.id,
          needs_others: needsOthers,
          ...(referrer !== null && { referrer }),
          ...(proven.length && { credentials: proven }),
        },
      },
      review: pledgeReview(cause, latest, { needsOthers, staked: false, referrer, curve: latest.curve }),
      done: "You pledged. The counters show it.",
    };
  });
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "pledge", novalidate: true } },
    others.root,
    choices,
    stake.root,
    proof.root,
    brought.root,
    h("p", null, h("button", { class: "primary", text: "Pledge", attrs: { type: "submit" } })),
    action.stake_required || depositOf(action) ? null : signed.root,
  );

  const typed = (): number | null => (/^\d{1,6}$/.test(input.value.trim()) ? Number(input.value) : null);
  /** `byPerson`: after typing it is read aloud; what others do meanwhile isn't, each time. */
  const look = (byPerson = false): boolean => {
    others.hint.setAttribute("aria-live", byPerson ? "polite" : "off");
    const n = typed();
    const off = n !== null && n <= MOST_OTHERS && !onGrid(n);
    choices.hidden = !off;
    if (n === null || n > MOST_OTHERS) {
      others.complain(`Write a whole number from 0 to ${number(MOST_OTHERS)}.`);
      return false;
    }
    if (off) {
      others.complain(`${number(n)} isn't possible: numbers above 100 have two digits that count. Choose one next to it.`);
      choices.replaceChildren(...nearest(n).map((near) => button(number(near), () => choose(near))));
      return false;
    }
    others.complain(null);
    const { action: latest, me } = context.facts();
    const more = n < latest.goal - 1 ? ` The goal of ${number(latest.goal)} counts for everybody.` : "";
    others.hint.textContent = thresholdWords(latest, withoutOwn(latest, ownThreshold(me.pledge)), n) + more;
    return true;
  };
  const choose = (n: number): void => {
    input.value = String(n);
    look(true);
    input.focus();
  };
  input.addEventListener("input", () => look(true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!look(true)) return input.focus();
    const credentials = proof.read();
    if (credentials === null) return;
    const needsOthers = typed() ?? 0;
    const { cause, action: latest } = context.facts();
    const staked = stake.chosen();
    const goesAlong = coinsOf(latest, staked);
    const referrer = brought.chosen();
    void context.act({
      asks: [
        {
          msg: {
            pledge: {
              action: latest.id,
              needs_others: needsOthers,
              ...(referrer !== null && { referrer }),
              ...(credentials.length && { credentials }),
            },
          },
          funds: goesAlong ? [goesAlong] : [],
        },
      ],
      review: pledgeReview(cause, latest, { needsOthers, staked, referrer, curve: latest.curve }),
      done: "You pledged. The counters show it.",
    });
  });
  look();
  const update = (): void => {
    look();
    signed.update();
  };
  return { root: form, update };
}

const ownThreshold = (pledge: { status: string; needs_others: number } | null): number | null =>
  pledge !== null && pledge.status !== "withdrawn" ? pledge.needs_others : null;

/** What the gate asks that only the contract can check, and where attestations are pasted. */
export function proofs(context: Context): { root: HTMLElement; read: () => Credential[] | null } {
  const { action } = context.facts();
  const root = h("div");
  const text = asks(action);
  if (text) root.append(h("p", { text }));
  const { gate } = action;
  if (gate === null || gate.claims.length === 0) return { root, read: () => [] };
  const claims = gate.claims.map((one) => `“${one.claim}”`).join(" and ");
  const input = h("textarea", { attrs: { name: "credentials", rows: 4, spellcheck: "false", required: true } });
  const pasted = field(`What issuers signed about you: ${claims}`, input);
  pasted.hint.hidden = false;
  pasted.hint.textContent = `Ask each issuer for one about ${context.facts().me.address}, made out for “${gate.scope ?? ""}”, and paste it here.`;
  root.append(pasted.root);
  const read = (): Credential[] | null => {
    const { action: latest, me } = context.facts();
    const asked = latest.gate ?? gate;
    const found = credentials(input.value, asked, me.address, now());
    pasted.complain(typeof found === "string" ? found : null);
    if (typeof found !== "string") return found;
    input.focus();
    return null;
  };
  return { root, read };
}

/** Whoever shared the link that led here, as a choice; nothing where nobody did, or oneself. */
function referrerChoice(context: Context): { root: HTMLElement; chosen: () => string | null } {
  const root = h("div");
  const typed = new URLSearchParams(location.search).get("ref") ?? "";
  const referrer = address(typed, context.session.info.bech32_prefix);
  if (referrer === null || referrer === context.facts().me.address) return { root, chosen: () => null };
  const box = h("input", { attrs: { type: "checkbox", name: "referrer" } });
  box.checked = true;
  root.append(h("p", null, h("label", { class: "check" }, box, ` ${short(referrer)} brought me here. If you keep your word, it counts for them too.`)));
  return { root, chosen: () => (box.checked ? referrer : null) };
}

/** Required: a sentence. Optional: a choice. None: nothing. A deposit is never a choice. */
function stakeChoice(context: Context): { root: HTMLElement; chosen: () => boolean } {
  const { action } = context.facts();
  const root = h("div");
  const deposit = depositOf(action);
  if (deposit) {
    const vote = "Vote with the larger side and it comes back, perhaps with more; vote against it or not at all, and you may lose it.";
    root.append(h("p", { text: `A deposit of ${showCoin(deposit)} goes along, behind your vote on whether it succeeded. ${vote} If you are never bound, it comes back at once.` }));
  }
  if (!action.stake) return { root, chosen: () => false };
  const coin = showCoin(action.stake);
  if (action.stake_required) {
    root.append(h("p", { text: `A stake of ${coin} goes along. You get it back if you do it, or if it doesn't come about.` }));
    return { root, chosen: () => true };
  }
  const box = h("input", { attrs: { type: "checkbox", name: "staked" } });
  root.append(h("p", null, h("label", { class: "check" }, box, ` Put a stake of ${coin} behind it. You get it back if you do it, or if it doesn't come about.`)));
  return { root, chosen: () => box.checked };
}
