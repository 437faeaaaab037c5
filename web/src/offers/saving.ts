// An attestor's word about what an institution saved, and paid of it.
import { address } from "../bech32.js";
import { field, h, once } from "../dom.js";
import { savingReview, typedCurrency, typedMoney } from "../review/saving.js";
import { type Context, type Shown, ask } from "./context.js";
import { evidenceFields } from "./evidence.js";
import { isBound } from "./pledged.js";

export function stateSavingForm(context: Context): Shown {
  const { action: first } = context.facts();
  const text = (name: string, more: Record<string, string> = {}): HTMLInputElement => h("input", { attrs: { name, autocomplete: "off", spellcheck: "false", ...more } });
  const person = field("Who saved", text("saving_person", { list: `saving-people-${first.id}` }));
  const known = h("datalist", { attrs: { id: `saving-people-${first.id}` } });
  const currency = field("In which currency", text("saving_currency", { maxlength: "16" }), "Such as EUR.");
  const saved = field("How much", text("saving_saved", { inputmode: "decimal" }));
  const paid = field("What they paid of what is due", text("saving_paid", { inputmode: "decimal" }), "0 if nothing.");
  const evidence = evidenceFields();
  const send = h("button", { text: "State it", attrs: { type: "submit" } });
  const update = (): void => {
    const bound = context.facts().me.others.filter(isBound);
    known.replaceChildren(...bound.slice(0, 100).map((p) => h("option", { attrs: { value: p.address } })));
  };
  const form = h(
    "form",
    { class: "offer", attrs: { "data-offer": "state_saving", novalidate: true } },
    h(
      "details",
      null,
      h("summary", { text: "State what somebody saved" }),
      h("p", { class: "hint", text: "You are an attestor here. Your last word about each counts; nothing is paid here." }),
      person.root,
      known,
      currency.root,
      saved.root,
      paid.root,
      evidence.root,
      h("p", null, send),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const who = address(person.input.value, context.session.info.bech32_prefix);
    const name = typedCurrency(currency.input.value);
    const [sum, part] = [typedMoney(saved.input.value), typedMoney(paid.input.value)];
    person.complain(who === null ? "This isn't an address of this chain." : null);
    currency.complain(name === null ? "1 to 16 letters A-Z and digits." : null);
    saved.complain(typeof sum === "string" ? sum : null);
    paid.complain(typeof part === "string" ? part : null);
    const given = evidence.read();
    if (who === null || name === null || typeof sum === "string" || typeof part === "string" || given === "wrong") {
      return form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
    const { cause, action } = context.facts();
    const said = { person: who, currency: name, saved: sum, paid: part, evidence: given };
    void once(send, () =>
      context.act({
        asks: ask({ state_saving: { action: action.id, person: who, currency: name, saved: String(sum), paid: String(part), ...(given && { evidence: given }) } }),
        review: savingReview(cause, action, said),
        done: "Your statement is recorded.",
      }),
    );
  });
  update();
  return { root: form, update };
}
