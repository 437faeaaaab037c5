// Elements without markup: what people typed only ever becomes text.

type Child = Node | string | null | undefined | false;

export interface Props {
  class?: string;
  text?: string;
  /** Attributes; `true` for one without a value, `false` or `undefined` for none. */
  attrs?: Record<string, string | number | boolean | undefined>;
  on?: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

/** An element with what belongs to it. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props | null = null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (props?.class) element.className = props.class;
  if (props?.text !== undefined) element.textContent = props.text;
  for (const [key, value] of Object.entries(props?.attrs ?? {})) {
    if (value === false || value === undefined) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const [type, listener] of Object.entries(props?.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(...children.filter((child): child is Node | string => child instanceof Node || typeof child === "string"));
  return element;
}

let last = 0;
/** An id that no other element has. */
export const freshId = (prefix: string): string => `${prefix}-${(last += 1)}`;

/** A button that does something once at a time. */
export function button(text: string, act: () => unknown, className = ""): HTMLButtonElement {
  const element = h("button", { class: className, text, attrs: { type: "button" } });
  element.addEventListener("click", () => void once(element, act));
  return element;
}

/** Runs `act` unless it is running already for this button. */
export async function once(element: HTMLButtonElement, act: () => unknown): Promise<void> {
  // Not `disabled`: that would drop the focus.
  if (element.getAttribute("aria-disabled") === "true") return;
  element.setAttribute("aria-disabled", "true");
  try {
    await act();
  } finally {
    element.removeAttribute("aria-disabled");
  }
}

/** An input with its label, a hint and a place for what is wrong with it. */
export interface Field<E extends HTMLElement = HTMLInputElement> {
  root: HTMLElement;
  input: E;
  hint: HTMLElement;
  complain(message: string | null): void;
}

export function field<E extends HTMLElement>(label: string, input: E, hintText = ""): Field<E> {
  input.id ||= freshId("field");
  const hint = h("p", { class: "hint", text: hintText, attrs: { id: `${input.id}-hint` } });
  const error = h("p", { class: "error", attrs: { id: `${input.id}-error`, hidden: true } });
  input.setAttribute("aria-describedby", `${hint.id} ${error.id}`);
  const root = h("div", { class: "field" }, h("label", { text: label, attrs: { for: input.id } }), input, hint, error);
  hint.hidden = hintText === "";
  return {
    root,
    input,
    hint,
    complain(message) {
      error.textContent = message ?? "";
      error.hidden = message === null;
      if (message === null) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    },
  };
}

/** Says something to everybody, screen readers included. */
export function notice(message: string, kind: "info" | "error" = "info", ...more: Child[]): void {
  const place = document.getElementById("notice");
  if (!place) return;
  place.dataset.kind = kind;
  // It stays in sight while one scrolls, so it can be put away.
  const close = button("Dismiss", () => {
    place.replaceChildren();
    // Where its button was the keyboard would be lost.
    const main = document.querySelector("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus({ preventScroll: true });
  });
  const extra = more.filter((m): m is Node => m instanceof Node);
  place.replaceChildren(h("p", { text: message }), h("p", { class: "pair" }, ...extra, close));
}
