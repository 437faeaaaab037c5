// The registry: words about one's influence, votes on others' words, and the link that brings people.
import { button, field, h } from "../dom.js";
import type { RelayWish } from "../relay/panel.js";
import { rateReview, sayReview } from "../review/registry.js";
import { short } from "../words.js";
import type { CauseContext } from "./cause.js";
import { type Shown, ask } from "./context.js";
import { withoutCoins } from "./relay.js";

const MOST_WORDS_BYTES = 140;

/** The address of this page that names whoever shares it. */
export function linkOf(here: string, address: string): string {
  const url = new URL(here);
  url.search = "";
  url.hash = "";
  url.searchParams.set("ref", address);
  return url.href;
}

export function sayForm(context: CauseContext): Shown {
  const me = context.session.require().address;
  const words = field(
    "What influence do you have over this?",
    h("input", { attrs: { name: "words", autocomplete: "off" } }),
    "One line, such as “I edit the journal”. Others who pledged vote it up or down. Left empty, it takes your last words back.",
  );
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "say", novalidate: true } },
    h("p", { class: "hint" }, "Bring others with your own link: ", h("code", { text: linkOf(location.href, me) })),
    words.root,
    h("p", null, h("button", { text: "Say it", attrs: { type: "submit" } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.input.value.trim();
    const bytes = new TextEncoder().encode(text).length;
    const cause = context.cause();
    const none = text === "" && !cause.registry.some((entry) => entry.person === me);
    words.complain(bytes > MOST_WORDS_BYTES ? `At most ${MOST_WORDS_BYTES} bytes; it has ${bytes}.` : none ? "Say something first." : null);
    if (bytes > MOST_WORDS_BYTES || none) return words.input.focus();
    void context.act({
      asks: ask({ say: { cause: cause.id, words: text } }),
      review: sayReview(cause, text),
      done: text ? "It is in the list of who can move it." : "Your words are taken back.",
    });
  });
  return { root: form };
}

type Vote = "up" | "down" | "none";

const VOTES: Record<Vote, string> = { up: "It helps: vote up", down: "It doesn't: vote down", none: "Take my vote back" };

export function rateForm(context: CauseContext): Shown {
  const me = context.session.require().address;
  const choice = h("select", { attrs: { name: "rated", "aria-label": "Whose words" } });
  const votes = Object.entries(VOTES).map(([value, text]) => h("option", { text, attrs: { value } }));
  const how = h("select", { attrs: { name: "vote", "aria-label": "What you think of them" } }, ...votes);
  const wish = (): RelayWish | null => {
    const cause = context.cause();
    const vote = how.value as Vote;
    const entry = cause.registry.find((one) => one.person === choice.value);
    if (!entry) return null;
    return {
      does: { rate: { cause: cause.id, person: entry.person, vote } },
      review: rateReview(cause, entry, vote),
      done: vote === "none" ? "Your vote is taken back." : "You voted.",
    };
  };
  const send = button("Vote", () => {
    const wanted = wish();
    return wanted && context.act({ asks: ask(wanted.does), review: wanted.review, done: wanted.done });
  });
  const signed = withoutCoins("Sign it for a sponsor to send", context, wish);
  const update = (): void => {
    const list = context.cause().registry.filter((entry) => entry.person !== me);
    signed.update();
    if ([...choice.options].map((o) => `${o.value} ${o.dataset.words ?? ""}`).join("\n") === list.map((e) => `${e.person} ${e.words}`).join("\n")) return;
    const chosen = choice.value;
    choice.replaceChildren(
      ...list.map((e) => h("option", { text: `${short(e.person)}: ${e.words}`, attrs: { value: e.person, "data-words": e.words } })),
    );
    if (list.some((entry) => entry.person === chosen)) choice.value = chosen;
  };
  update();
  return {
    root: h(
      "div",
      { class: "offer", attrs: { "data-offer": "rate" } },
      h("p", { class: "hint", text: "What others say about their influence: does it help?" }),
      choice,
      how,
      h("p", null, send),
      signed.root,
    ),
    update,
  };
}
