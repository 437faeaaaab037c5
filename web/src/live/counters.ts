// Numbers that move as they change, and what is read aloud of them.
import { showCoin } from "../coins.js";
import { h } from "../dom.js";
import type { Action, Cause } from "../types.js";
import { number, people } from "../words.js";

/** Screen readers hear a counter at most so often. */
const SPEAK_MS = 10_000;

const COUNTS = ["pledged", "committed", "checked_in", "already_did"] as const;

/** The section of an action on its cause's page. */
export const sectionOf = (id: number): HTMLElement | null =>
  document.querySelector<HTMLElement>(`section[data-action="${id}"]`);

/** A count as the page writes it: coins, where it counts them. */
function counted(action: Action, name: (typeof COUNTS)[number]): string {
  const { coins } = action;
  if (coins && (name === "pledged" || name === "committed")) return showCoin(coins[name]);
  return number(action[name]);
}

function showAction(action: Action): boolean {
  const section = sectionOf(action.id);
  if (!section) return false;
  for (const name of COUNTS) {
    for (const place of section.querySelectorAll(`[data-count="${name}"]`)) {
      const text = counted(action, name);
      if (place.textContent !== text) place.textContent = text;
    }
  }
  if (action.coins) {
    const text = people(action.coins.people);
    for (const place of section.querySelectorAll('[data-count="people"]')) if (place.textContent !== text) place.textContent = text;
  }
  const bar = section.querySelector<HTMLProgressElement>("progress[data-bar]");
  if (bar) {
    if (action.committed > bar.max) bar.max = action.committed;
    bar.value = action.committed;
    bar.setAttribute("aria-valuetext", progress(action));
  }
  const changed = section.dataset.phase !== action.phase;
  section.dataset.phase = action.phase;
  return changed;
}

/** Shows a cause's numbers; true where an action is in another phase than the page said. */
export function showCounts(cause: Cause): boolean {
  return cause.actions.map(showAction).includes(true);
}

/** `320 of 500`. */
export const progress = (action: Action): string =>
  action.coins ? `${showCoin(action.coins.committed)} of ${showCoin(action.coins.goal)}` :
  action.goal > 1 ? `${number(action.committed)} of ${number(action.goal)}` : `${number(action.committed)} committed`;

/** Says changes of the counters, throttled. */
export class Speaker {
  private readonly place = h("p", { class: "sr", attrs: { "aria-live": "polite" } });
  private said = "";
  private next: string | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    document.body.append(this.place);
  }

  /** What the page showed when it was loaded needs no word. */
  tell(cause: Cause): void {
    const text = cause.actions.map((a) => `${a.label}: ${progress(a)}, ${a.phase}`).join(". ");
    if (this.said === "") this.said = text;
    this.next = text === this.said ? null : text;
    if (this.next !== null && this.timer === null) this.speak();
  }

  private speak(): void {
    if (this.next === null) {
      this.timer = null;
      return;
    }
    this.said = this.next;
    this.place.textContent = this.next;
    this.next = null;
    this.timer = setTimeout(() => this.speak(), SPEAK_MS);
  }
}
