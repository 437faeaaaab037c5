// Offers about several people: an attestor's statements, and claims for others.
import { address } from "../bech32.js";
import { coin, showCoins } from "../coins.js";
import { button, field, h, once } from "../dom.js";
import { type OutcomeWord, attestReview, claimForReview } from "../review/people.js";
import type { Coin, Pledge } from "../types.js";
import { number, short } from "../words.js";
import type { Context, Shown } from "./context.js";
import { keeperPay, offers, paysChallenger } from "./which.js";
import { ask } from "./context.js";
import { now } from "../time.js";

/** The contract's limit of statements in one message; as many claims fit a block easily. */
const MOST = 50;
const MOST_CLAIMS = 20;
const PAGE = 50;

const person = (pledge: Pledge): HTMLElement =>
  h("a", { class: "address", text: short(pledge.address), attrs: { href: `/people/${encodeURIComponent(pledge.address)}`, title: pledge.address } });

/** Rows that stay the same elements while their people stay, so that a choice isn't lost. */
class Rows<E extends HTMLElement> {
  readonly root = h("ul", { class: "people" });
  readonly shown = new Map<string, { row: HTMLElement; control: E }>();
  private limit = PAGE;
  private wanted: Pledge[] = [];
  private readonly more = button("Show more", () => {
    this.limit += PAGE;
    this.show(this.wanted);
  });

  constructor(private readonly make: (pledge: Pledge) => { row: HTMLElement; control: E }) {}

  show(pledges: Pledge[]): void {
    this.wanted = pledges;
    const listed = pledges.slice(0, this.limit);
    const keep = new Set(listed.map((p) => p.address));
    for (const [address, { row }] of this.shown) {
      if (keep.has(address)) continue;
      row.remove();
      this.shown.delete(address);
    }
    for (const pledge of listed) {
      if (this.shown.has(pledge.address)) continue;
      const made = this.make(pledge);
      this.shown.set(pledge.address, made);
      this.root.append(made.row);
    }
    this.more.remove();
    if (pledges.length > this.limit) this.root.after(this.more);
  }
}

const OUTCOMES: [OutcomeWord | "", string][] = [
  ["", "nothing yet"],
  ["did", "did it"],
  ["didnt", "didn't do it"],
  ["excused", "is excused"],
];

export function attestForm(context: Context): Shown {
  const rows = new Rows<HTMLSelectElement>((pledge) => {
    const control = h("select", { attrs: { "aria-label": `What ${short(pledge.address)} did` } });
    control.append(...OUTCOMES.map(([value, text]) => h("option", { text, attrs: { value } })));
    const hint = pledge.checked_in ? " (checked in) " : " ";
    return { row: h("li", null, person(pledge), hint, control), control };
  });
  const filter = field("Find a person", h("input", { attrs: { type: "search", autocomplete: "off", spellcheck: "false" } }), "By a part of the address.");
  const error = h("p", { class: "error", attrs: { hidden: true } });
  const people = (): Pledge[] => {
    const { action, me } = context.facts();
    const offer = offers(action, me, now()).find((o) => o.kind === "attest");
    const wanted = filter.input.value.trim().toLowerCase();
    // Whoever was chosen stays in sight: what is sent is what one sees.
    return (offer?.people ?? []).filter((p) => p.address.includes(wanted) || rows.shown.get(p.address)?.control.value);
  };
  const update = (): void => {
    const list = people();
    filter.root.hidden = list.length < 10 && !filter.input.value && context.facts().me.complete;
    rows.show(list);
  };
  filter.input.addEventListener("input", () => {
    update();
    // In a crowd beyond what the page lists, a whole address finds its person.
    const whole = address(filter.input.value, context.session.info.bech32_prefix);
    if (whole && !people().some((p) => p.address === whole)) void context.find?.(whole).then(update);
  });
  const all = button("All shown did it", () => {
    for (const { control } of rows.shown.values()) control.value = "did";
  });
  const send = h("button", { class: "primary", text: "Attest", attrs: { type: "submit" } });
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "attest" } },
    h("p", { class: "hint", text: "You are an attestor here. Say what each of these people did, up to 50 at once." }),
    filter.root,
    rows.root,
    error,
    h("p", { class: "pair" }, send, all),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const statements = [...rows.shown].flatMap(([person, { control }]) =>
      control.value ? [{ person, outcome: control.value as OutcomeWord }] : [],
    );
    error.hidden = statements.length > 0 && statements.length <= MOST;
    error.textContent = statements.length === 0 ? "Choose for at least one person." : `At most ${MOST} at once; you chose ${number(statements.length)}.`;
    if (!error.hidden) return;
    const { cause, action } = context.facts();
    void once(send, () =>
      context.act({
        asks: ask({ attest: { action: action.id, statements } }),
        review: attestReview(cause, action, statements),
        done: "Your statements are recorded.",
      }),
    );
  });
  update();
  return { root: form, update };
}

/** One sum a denom. */
function sum(coins: readonly (Coin | null)[]): Coin[] {
  const sums = new Map<string, bigint>();
  for (const one of coins) if (one) sums.set(one.denom, (sums.get(one.denom) ?? 0n) + BigInt(one.amount));
  return [...sums].map(([denom, amount]) => coin(denom, amount));
}

/** Claims of others: they get their coins, and whoever sends it the keeper's part of broken ones. */
export function claimForForm(context: Context): Shown {
  const rows = new Rows<HTMLInputElement>((pledge) => {
    const control = h("input", { attrs: { type: "checkbox" } });
    const { action, me } = context.facts();
    const pay = keeperPay(action, pledge);
    const yours = paysChallenger(pledge, me) ? "; the check-in fell, and the challenger's part goes to you" : "";
    const text = ` is due ${showCoins(pledge.claimable ?? [])}${pay ? `; you get ${showCoins([pay])} for sending it` : ""}${yours}`;
    return { row: h("li", null, h("label", { class: "check" }, control, ` ${short(pledge.address)}`), text), control };
  });
  const error = h("p", { class: "error", attrs: { hidden: true } });
  const waiting = (): Pledge[] => {
    const { action, me } = context.facts();
    return offers(action, me, now()).find((o) => o.kind === "claim_for")?.pledges ?? [];
  };
  const update = (): void => rows.show(waiting());
  const send = h("button", { text: "Claim for them", attrs: { type: "submit" } });
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "claim_for" } },
    h(
      "details",
      null,
      h("summary", { text: "Claim for others" }),
      h("p", { class: "hint", text: "The coins go only to their owners. You pay the chain's fee." }),
      rows.root,
      error,
      h("p", null, send),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = waiting().filter((p) => rows.shown.get(p.address)?.control.checked);
    error.hidden = chosen.length > 0 && chosen.length <= MOST_CLAIMS;
    error.textContent = chosen.length === 0 ? "Choose at least one person." : `At most ${MOST_CLAIMS} at once.`;
    if (!error.hidden) return;
    const { cause, action } = context.facts();
    const reward = sum(chosen.map((p) => keeperPay(action, p)));
    void once(send, () =>
      context.act({
        asks: chosen.flatMap((p) => ask({ claim: { action: action.id, person: p.address } })),
        review: claimForReview(cause, action, chosen, reward),
        done: "They are paid.",
      }),
    );
  });
  update();
  return { root: form, update };
}
