// Offers of what is judged by others: to challenge a check-in, an attestor's word about an action as a
// whole, and what a vote gives to those without a deposit in it.
import { address } from "../bech32.js";
import { showCoin } from "../coins.js";
import { field, h, once } from "../dom.js";
import { ANSWERS, type AnswerWord, asked, challengedUntil } from "../review/judged.js";
import { attestOutcomeReview, challengeReview, claimRewardReview } from "../review/judging.js";
import type { Coin, Judge } from "../types.js";
import { type Context, type Shown, ask } from "./context.js";
import { single } from "./simple.js";
import { challengeable } from "./which.js";

/** Shows a question at the verdict contract about one person: asked there, with its bond. */
export function challengeForm(context: Context): Shown {
  const { action: first } = context.facts();
  const judge = first.judging?.challenges as Judge;
  const person = field(
    "Whose check-in",
    h("input", { attrs: { name: "challenged", list: `challenged-${first.id}`, autocomplete: "off", spellcheck: "false" } }),
  );
  const known = h("datalist", { attrs: { id: `challenged-${first.id}` } });
  const update = (): void => {
    const { action, me } = context.facts();
    known.replaceChildren(...challengeable(action, me).slice(0, 100).map((p) => h("option", { attrs: { value: p.address } })));
  };
  const send = h("button", { text: "Show the challenge", attrs: { type: "submit" } });
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "challenge", novalidate: true } },
    h(
      "details",
      null,
      h("summary", { text: "Challenge a check-in" }),
      h("p", { text: `First ask ${asked(judge)}, whether that person did it, at the verdict contract ${judge.verdict}. It takes a bond, out of which jurors are paid whatever they answer.` }),
      h("p", { text: `Then show the question here, ${challengedUntil(first)}. The check-in falls only if the final answer is no.` }),
      person.root,
      known,
      h("p", null, send),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { cause, action, me } = context.facts();
    const typed = address(person.input.value, context.session.info.bech32_prefix);
    const found = challengeable(action, me).find((p) => p.address === typed);
    person.complain(typed === null ? "This isn't an address of this chain." : found ? null : "No check-in of this address can be challenged.");
    if (!found) return person.input.focus();
    void once(send, () =>
      context.act({
        asks: ask({ challenge: { action: action.id, person: found.address } }),
        review: challengeReview(cause, action, found),
        done: "The challenge is shown: that stake waits for the answer.",
      }),
    );
  });
  update();
  return { root: form, update };
}

export function attestOutcomeForm(context: Context): Shown {
  const choice = field("Did it succeed as a whole?", h("select", { attrs: { name: "outcome_answer" } }));
  choice.input.append(h("option", { text: "choose", attrs: { value: "" } }), ...Object.entries(ANSWERS).map(([value, text]) => h("option", { text, attrs: { value } })));
  const said = h("p", { class: "hint" });
  const update = (): void => {
    const { action, me } = context.facts();
    const own = action.judging?.said.find((one) => one.attestor === me.address);
    said.textContent = own ? `You said: ${own.answer}. You may say otherwise until enough agree.` : "It counts once enough attestors say the same; until then you may say otherwise.";
  };
  const send = h("button", { class: "primary", text: "Say so", attrs: { type: "submit" } });
  const form = h("form", { class: "offer", attrs: { "data-offer": "attest_outcome", novalidate: true } }, said, choice.root, h("p", null, send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = choice.input.value as AnswerWord | "";
    choice.complain(answer ? null : "Choose one.");
    if (!answer) return choice.input.focus();
    const { cause, action } = context.facts();
    void once(send, () =>
      context.act({
        asks: ask({ attest_outcome: { action: action.id, answer } }),
        review: attestOutcomeReview(cause, action, answer),
        done: "Your word is recorded.",
      }),
    );
  });
  update();
  return { root: form, update };
}

/** Of a vote that deposits stand behind, without an own one. */
export const claimRewardForm = (context: Context, reward: Coin): Shown =>
  single(
    "claim_reward",
    `Claim ${showCoin(reward)}`,
    "You showed somebody's sealed vote, or were right to appeal: a part of what others lost is yours.",
    context,
    ({ cause, action }) => ({
      asks: ask({ claim_reward: { action: action.id } }),
      review: claimRewardReview(cause, action, reward),
      done: `${showCoin(reward)} came to you.`,
    }),
    true,
  );
