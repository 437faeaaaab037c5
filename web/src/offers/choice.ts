// The choice between alternatives: a ballot, seconding, and proposing another one.
import { button, field, h } from "../dom.js";
import type { Does } from "../relay/doc.js";
import { proposeReview, scoreReview, secondReview } from "../review/choice.js";
import type { Review } from "../review/dialog.js";
import type { Action, Deliberation, Proposal } from "../types.js";
import type { CauseContext } from "./cause.js";
import { type Shown, ask } from "./context.js";
import { withoutCoins } from "./relay.js";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const SCORES = [0, 1, 2, 3, 4, 5];
const MOST_LABEL_BYTES = 80;
const MOST_DESCRIPTION_BYTES = 1_000;

const choice = (context: CauseContext): Deliberation => context.cause().deliberation as Deliberation;

const labelOf = (context: CauseContext, id: number): string =>
  context.cause().actions.find((action) => action.id === id)?.label ?? `action ${id}`;

/** 0 to 5 for each alternative; what one scored before is chosen. */
export function scoreForm(context: CauseContext): Shown {
  const before = context.person()?.ballots.find((ballot) => ballot.cause === context.cause().id)?.scores;
  const selects = choice(context).alternatives.map(({ action }, i) => {
    const options = SCORES.map((score) => h("option", { text: String(score), attrs: { value: String(score) } }));
    const select = h("select", { attrs: { name: `score_${action}` } }, ...options);
    select.value = String(before?.[i] ?? 0);
    return { action, select };
  });
  const lines = selects.map(({ action, select }) => field(labelOf(context, action), select).root);
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "score", novalidate: true } },
    h("h3", { text: "Your ballot" }),
    h("p", { class: "hint", text: "5 for the best, 0 for what you can't stand. You may score anew until the choice. The ballot counts as long as you have a pledge on one of them." }),
    ...lines,
    h("p", null, h("button", { text: before ? "Score anew" : "Score", attrs: { type: "submit" } })),
  );
  const ballot = (): { does: Does & { score: unknown }; review: Review; done: string } => {
    const cause = context.cause();
    const scores = selects.map(({ select }) => Number(select.value));
    const lines = selects.map(({ action }, i): [string, string] => [labelOf(context, action), String(scores[i])]);
    return { does: { score: { cause: cause.id, scores } }, review: scoreReview(cause, lines), done: "Your scores are counted." };
  };
  const signed = withoutCoins("Sign it for a sponsor to send", context, ballot);
  form.append(signed.root);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { does, review, done } = ballot();
    void context.act({ asks: ask(does), review, done });
  });
  return { root: form, update: signed.update };
}

export function secondForm(context: CauseContext, open: readonly Proposal[]): Shown {
  const lines = open.map((proposal) => {
    const send = button("Second it", () => {
      return context.act({
        asks: ask({ second: { cause: context.cause().id, proposal: proposal.proposal } }),
        review: secondReview(proposal),
        done: "You second it.",
      });
    });
    return h("p", null, h("span", { text: `${proposal.label} `, attrs: { dir: "auto" } }), send);
  });
  const hint = h("p", { class: "hint", text: "A proposal that five members second can be chosen like the others." });
  return { root: h("div", { class: "offer", attrs: { "data-offer": "second" } }, hint, ...lines) };
}

/** The terms of an alternative that is there, for another one: all but its words and its goal. */
export function proposed(like: Action, label: string, description: string, goal: number): Record<string, unknown> {
  const { schedule } = like;
  const until = schedule.pledge_until;
  const when =
    schedule.kind === "at_trigger" ? { at_trigger: { hold: schedule.hold, pledge_until: until } } : { [schedule.kind]: { pledge_until: until } };
  const stake = like.stake && { rule: like.stake_required ? "required" : "optional", coin: like.stake };
  const to = like.forfeits_to === "address" ? { address: { address: like.forfeits_address } } : { [like.forfeits_to ?? "everybody"]: {} };
  return {
    label,
    description,
    goal,
    schedule: when,
    lock: like.lock,
    act_window: like.act_window,
    report_window: like.report_window,
    ...(stake && { stake, forfeits_to: to }),
    fulfilment: like.fulfilment === "honor" ? { honor: {} } : { attested: { attestors: like.attestors, quorum: like.quorum } },
  };
}

export function proposeForm(context: CauseContext): Shown {
  const like = (): Action => {
    return context.cause().actions.find((action) => action.id === choice(context).alternatives[0]?.action) as Action;
  };
  const label = field("What it is called", h("input", { attrs: { name: "proposed_label", maxlength: "80" } }));
  const description = field("What exactly one does", h("textarea", { attrs: { name: "proposed_description", rows: "3" } }), "And what an outsider could see of it.");
  const goal = field("Goal", h("input", { attrs: { name: "proposed_goal", inputmode: "numeric", value: String(like().goal) } }), "At least so many people.");
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "propose", novalidate: true } },
    h("details", null, h("summary", { text: "Propose another alternative" }),
      h("p", { class: "hint", text: "Its times, windows and stake are those of the first alternative. Five members must second it before proposing ends." }),
      label.root, description.root, goal.root,
      h("p", null, h("button", { text: "Propose", attrs: { type: "submit" } }))),
  );
  const read = (): { label: string; description: string; goal: number } | null => {
    const name = label.input.value.trim();
    const text = description.input.value.trim();
    const least = Number(goal.input.value);
    const wrong = (value: string, most: number): string | null =>
      value === "" ? "Say it in words." : bytes(value) > most ? `At most ${most} bytes; it has ${bytes(value)}.` : null;
    const complaints = [wrong(name, MOST_LABEL_BYTES), wrong(text, MOST_DESCRIPTION_BYTES), Number.isInteger(least) && least >= 1 ? null : "A whole number, 1 or more."];
    label.complain(complaints[0] ?? null);
    description.complain(complaints[1] ?? null);
    goal.complain(complaints[2] ?? null);
    return complaints.every((complaint) => complaint === null) ? { label: name, description: text, goal: least } : null;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = read();
    if (!words) return form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    const cause = context.cause();
    const action = proposed(like(), words.label, words.description, words.goal);
    void context.act({
      asks: ask({ propose: { cause: cause.id, action } }),
      review: proposeReview(cause, words),
      done: "It is proposed. Now others must second it.",
    });
  });
  return { root: form };
}
