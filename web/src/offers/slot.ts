// A place on a page for forms. A form stays the same element as long as its offer lasts: what somebody
// is typing survives every change around it.
import { button, h } from "../dom.js";
import type { Shown } from "./context.js";

/** An offer, and how its form is made; a promise where the form's code is fetched first. */
export interface Offered {
  /** What the form is drawn from besides the latest facts: another value is another form. */
  key: string;
  draw(): Shown | Promise<Shown>;
}

/** Stands for a form until its code is there. */
function awaited(made: Promise<Shown>, draw: Offered["draw"]): Shown {
  const shown: Shown = { root: h("div", { class: "offer", attrs: { "aria-busy": "true" } }, h("p", { class: "hint", text: "Loading…" })) };
  const take = async (form: Shown | Promise<Shown>): Promise<void> => {
    try {
      const { root, update } = await form;
      shown.root.replaceWith(root);
      shown.root = root;
      if (update) shown.update = update;
      // The facts may have changed meanwhile.
      update?.();
    } catch {
      const again = button("Try again", () => take(draw()));
      shown.root.replaceChildren(h("p", { text: "A part of this page can't be loaded." }), h("p", null, again));
    }
  };
  void take(made);
  return shown;
}

/** The forms in one place. */
export class Slot {
  private readonly forms = new Map<string, Shown>();
  private readonly status = h("div");
  private whose = "";

  constructor(private readonly place: HTMLElement) {
    place.replaceChildren(this.status);
  }

  /** Text or buttons above the offers: who one is here, or how to connect. */
  say(...parts: Node[]): void {
    const there = [...this.status.childNodes];
    // What is there already isn't put there again: that would take the focus out of it.
    if (there.length === parts.length && there.every((node, i) => node === parts[i])) return;
    this.status.replaceChildren(...parts);
  }

  /** Exactly these, for `whose`. */
  put(list: readonly Offered[], whose: string): void {
    if (whose !== this.whose) this.clear();
    this.whose = whose;
    const wanted = new Map(list.map((offered) => [offered.key, offered]));
    for (const [key, shown] of this.forms) {
      if (wanted.has(key)) continue;
      const hadFocus = shown.root.contains(document.activeElement);
      shown.root.remove();
      this.forms.delete(key);
      if (hadFocus) this.focus();
    }
    for (const [key, offered] of wanted) {
      const shown = this.forms.get(key);
      if (shown) {
        shown.update?.();
        continue;
      }
      const drawn = offered.draw();
      const made = drawn instanceof Promise ? awaited(drawn, offered.draw) : drawn;
      this.forms.set(key, made);
      this.place.append(made.root);
    }
  }

  /** Where the focused form has gone, its slot takes the focus, so that the keyboard isn't lost. */
  private focus(): void {
    this.place.tabIndex = -1;
    this.place.focus({ preventScroll: true });
  }

  clear(): void {
    for (const { root } of this.forms.values()) root.remove();
    this.forms.clear();
  }
}
