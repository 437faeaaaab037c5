// The form's elements: their entries, what is wrong with them, and which of them matter now.
import { freshId } from "../dom.js";
import type { Entries, Errors } from "./read.js";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const SELECTOR = "input[name], select[name], textarea[name]";

const nameOf = (input: Input): string => input.name;

/** A part of the form: the cause itself, or one action. */
export class Part {
  constructor(
    readonly root: HTMLElement,
    /** Whether an element belongs to this part, and not to one within it. */
    private readonly own: (element: Element) => boolean = () => true,
  ) {
    for (const place of this.all<HTMLElement>("[data-error-for]")) this.tie(place);
  }

  private all<E extends Element>(selector: string): E[] {
    return [...this.root.querySelectorAll<E>(selector)].filter(this.own);
  }

  inputs(): Input[] {
    return this.all<Input>(SELECTOR);
  }

  /** Ids make no copies: what belongs to what is tied anew in each. */
  private tie(place: HTMLElement): void {
    const input = this.inputs().find((one) => nameOf(one) === place.dataset.errorFor);
    if (!input) return;
    place.id = freshId("wrong");
    input.setAttribute("aria-describedby", place.id);
  }

  entries(): Entries {
    const found: Entries = {};
    for (const input of this.inputs()) {
      if (input instanceof HTMLInputElement && input.type === "checkbox") found[input.name] = input.checked ? "on" : "";
      else found[nameOf(input)] = input.value;
    }
    return found;
  }

  fill(entries: Entries): void {
    for (const input of this.inputs()) {
      const value = entries[nameOf(input)];
      if (value === undefined) continue;
      if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = value === "on";
      else input.value = value;
    }
  }

  /** Says what is wrong next to each input. Returns the first of them. */
  complain(errors: Errors): Input | null {
    let first: Input | null = null;
    for (const place of this.all<HTMLElement>("[data-error-for]")) {
      const name = place.dataset.errorFor ?? "";
      const message = errors[name];
      place.textContent = message ?? "";
      place.hidden = message === undefined;
      const input = this.inputs().find((one) => nameOf(one) === name);
      if (message === undefined) input?.removeAttribute("aria-invalid");
      else {
        input?.setAttribute("aria-invalid", "true");
        input?.closest("details")?.setAttribute("open", "");
        first ??= input ?? null;
      }
    }
    return first;
  }

  /** Shows what matters under the choices made: `data-when="schedule=at_trigger,rolling"`; one of several, with `|` between. */
  showWhen(): void {
    const entries = this.entries();
    for (const element of this.all<HTMLElement>("[data-when]")) {
      const holds = (choice: string): boolean => {
        const [name = "", values = ""] = choice.split("=");
        return values.split(",").includes(entries[name] ?? "");
      };
      element.hidden = !(element.dataset.when ?? "").split("|").some(holds);
    }
  }
}
