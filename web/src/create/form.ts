// The form that starts a cause: entries, what is wrong with them, what to think about, and sending.
import * as api from "../api.js";
import { h, notice } from "../dom.js";
import { contractRefusal, sentence } from "../refusals.js";
import { perform } from "../perform.js";
import type { Session } from "../session.js";
import { now } from "../time.js";
import { dropDraft, loadDraft, saveDraft } from "./draft.js";
import { Part } from "./fields.js";
import { MAX_ACTIONS } from "./limits.js";
import { type Around, type NewCause, bundleWrong, readAction, readCause } from "./read.js";
import { createReview } from "./review.js";
import { leaveWarning, warnings } from "./warn.js";

class CreateForm {
  private readonly cause: Part;
  private busy = false;

  constructor(
    private readonly session: Session,
    private readonly form: HTMLFormElement,
  ) {
    this.cause = new Part(form, (element) => element.closest("[data-new-action]") === null);
    const draft = loadDraft();
    if (draft) this.restore(draft);
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.changed();
  }

  private fieldsets(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("fieldset[data-new-action]")];
  }

  private readonly parts = new WeakMap<HTMLElement, Part>();

  private actions(): Part[] {
    return this.fieldsets().map((root) => {
      const part = this.parts.get(root) ?? new Part(root);
      this.parts.set(root, part);
      return part;
    });
  }

  private restore(draft: NonNullable<ReturnType<typeof loadDraft>>): void {
    this.cause.fill(draft.cause);
    while (this.fieldsets().length < Math.min(draft.actions.length, MAX_ACTIONS)) this.add();
    this.actions().forEach((part, i) => part.fill(draft.actions[i] ?? {}));
  }

  private add(): HTMLElement | null {
    const template = this.form.querySelector<HTMLTemplateElement>("template#new-action");
    const last = this.fieldsets().at(-1);
    if (!template || !last || this.fieldsets().length >= MAX_ACTIONS) return null;
    const copy = document.importNode(template.content, true);
    last.after(copy);
    return this.fieldsets().at(-1) ?? null;
  }

  private clicked(event: Event): void {
    if (!(event.target instanceof HTMLElement)) return;
    if (event.target.closest("[data-add-action]")) {
      const added = this.add();
      if (!added) return notice(`A cause has at most ${MAX_ACTIONS} actions.`, "error");
      this.changed();
      added.querySelector<HTMLElement>("input")?.focus();
    } else if (event.target.closest("[data-remove-action]")) {
      const fieldset = event.target.closest<HTMLElement>("[data-new-action]");
      if (this.fieldsets().length < 2) return notice("A cause has at least one action.", "error");
      fieldset?.remove();
      this.changed();
      this.form.querySelector<HTMLElement>("[data-add-action]")?.focus();
    }
  }

  /** After each change: what matters, what to think about, and the draft. */
  private changed(): void {
    const actions = this.actions();
    const many = actions.length > 1;
    this.cause.showWhen();
    actions.forEach((part, i) => {
      part.showWhen();
      const legend = part.root.querySelector("legend");
      if (legend) legend.textContent = many ? `Action ${i + 1}` : "Action";
      const remove = part.root.querySelector<HTMLElement>("[data-remove-action]");
      if (remove) remove.hidden = !many;
    });
    this.warn();
    saveDraft({ cause: this.cause.entries(), actions: actions.map((part) => part.entries()) });
  }

  private around(): Around {
    const { info, connected } = this.session;
    return {
      prefix: info.bech32_prefix,
      taken: { creator: connected?.address ?? null, contract: info.contracts.causes.address },
      now: now(),
      count: this.fieldsets().length,
    };
  }

  private warnings(): string[] {
    const around = this.around();
    const { cause } = readCause(this.cause.entries(), around);
    const about = leaveWarning(cause.title, cause.summary, cause.text);
    const each = this.actions().flatMap((part, i) => warnings(readAction(part.entries(), around, i).action, this.session.info.local));
    return [...new Set([...(about ? [about] : []), ...each])];
  }

  private warn(): void {
    const place = this.form.querySelector("[data-warnings]");
    const list = this.warnings();
    // Unchanged, it isn't read aloud again.
    if (!place || place.textContent === list.join("")) return;
    place.replaceChildren(...list.map((text) => h("p", { class: "warning", text })));
  }

  /** The message, or null with what is wrong said next to each input. */
  private read(): NewCause | null {
    const around = this.around();
    const whole = readCause(this.cause.entries(), around);
    const actions = this.actions().map((part, i) => ({ part, ...readAction(part.entries(), around, i) }));
    const odd = whole.cause.bundle ? bundleWrong(actions.map(({ action }) => action)) : null;
    if (odd !== null) whole.errors.bundle ??= odd;
    const wrong = [this.cause.complain(whole.errors), ...actions.map(({ part, errors }) => part.complain(errors))];
    const first = wrong.find((input) => input !== null);
    if (!first) return { ...whole.cause, actions: actions.map(({ action }) => action) };
    const count = [whole.errors, ...actions.map(({ errors }) => errors)].reduce((sum, e) => sum + Object.keys(e).length, 0);
    notice(count === 1 ? "One entry isn't right yet." : `${count} entries aren't right yet.`, "error");
    first.focus();
    return null;
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const cause = this.read();
    if (!cause) return;
    if (!this.session.connected) {
      return notice("Connect a wallet at the top of the page: it signs what you start. What you wrote stays here.", "error");
    }
    this.busy = true;
    try {
      await perform(
        this.session,
        { asks: [{ msg: { create_cause: cause }, funds: [] }], review: createReview(cause, this.warnings()), done: "Your cause stands." },
        ({ height }) => this.go(cause.title, height),
        (error) => this.place(error),
      );
    } finally {
      this.busy = false;
    }
  }

  /** To the new cause: the last one that this address started under this title. */
  private async go(title: string, height: number): Promise<void> {
    dropDraft();
    const { created } = await api.person(this.session.require().address, height);
    for (const id of [...created].sort((a, b) => b - a).slice(0, 5)) {
      if ((await api.cause(id)).title === title) return location.assign(`/causes/${id}`);
    }
  }

  /** What only the chain knows, next to the input that it is about. */
  private place(error: unknown): void {
    const refused = contractRefusal(error);
    const name = /^(?:place\.)?(\w+)/.exec(refused?.detail ?? "")?.[1];
    if (!refused || !name) return;
    const message = sentence(error);
    const found = [this.cause, ...this.actions()].map((part) =>
      part.inputs().some((input) => input.name === name) ? part.complain({ [name]: message }) : null,
    );
    found.find((input) => input !== null)?.focus();
  }
}

export function startForm(session: Session, main: HTMLElement): void {
  const form = main.querySelector<HTMLFormElement>("form[data-create-cause]");
  if (form) new CreateForm(session, form);
}
