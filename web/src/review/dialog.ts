// The review before signing: everything that one is about to promise, in words.
import { showCoins } from "../coins.js";
import { freshId, h } from "../dom.js";
import type { Coin } from "../types.js";

/** What each coin may come to. */
export interface Returns {
  worst: string;
  likely: string;
  best: string;
}

export interface Review {
  title: string;
  /** What exactly one promises or does. */
  promise: string[];
  /** Words of somebody else, quoted. */
  quote?: { by: string; lines: string[] };
  /** Facts, each under its name. */
  facts: [string, string][];
  returns?: Returns;
  /** How to leave, or that there is no way back. */
  leave: string;
  /** Where a choice is risky. */
  warnings?: string[];
}

function list(pairs: readonly [string, string][]): HTMLElement {
  return h("dl", { class: "facts" }, ...pairs.flatMap(([term, text]) => [h("dt", { text: term }), h("dd", { text })]));
}

function content(review: Review, fee: readonly Coin[] | string, heading: HTMLElement): HTMLElement[] {
  const parts: HTMLElement[] = [heading, ...review.promise.map((text) => h("p", { class: "promise", text }))];
  if (review.quote) {
    const lines = review.quote.lines.filter(Boolean).map((text) => h("p", { text }));
    parts.push(h("p", { class: "hint", text: `${review.quote.by}:` }), h("blockquote", { attrs: { dir: "auto" } }, ...lines));
  }
  for (const text of review.warnings ?? []) parts.push(h("p", { class: "warning", text }));
  parts.push(list(review.facts));
  if (review.returns) {
    parts.push(
      h("h3", { text: "What comes back" }),
      list([
        ["At worst", review.returns.worst],
        ["Most likely", review.returns.likely],
        ["At best", review.returns.best],
      ]),
    );
  }
  parts.push(
    list([
      ["Fee of the chain", typeof fee === "string" ? fee : `${showCoins(fee)}; it never comes back`],
      ["How to leave", review.leave],
    ]),
  );
  return parts;
}

/** Shows the review; true where the person wants to sign. `fee`: coins, or who pays it. */
export function confirm(review: Review, fee: readonly Coin[] | string): Promise<boolean> {
  const id = freshId("review");
  const heading = h("h2", { text: review.title, attrs: { id, tabindex: -1 } });
  const sign = h("button", { class: "primary", text: "Sign", attrs: { type: "submit", value: "sign" } });
  const back = h("button", { text: "Back", attrs: { type: "submit", value: "back" } });
  const form = h(
    "form",
    { attrs: { method: "dialog" } },
    ...content(review, fee, heading),
    h("p", { class: "pair" }, sign, back),
  );
  const dialog = h("dialog", { class: "review", attrs: { "aria-labelledby": id } }, form);
  const opener = document.activeElement;
  document.body.append(dialog);
  return new Promise((resolve) => {
    // Escape closes it without a value, which counts as Back.
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "sign");
      dialog.remove();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    });
    dialog.showModal();
    // The heading, not a button: one reads first.
    heading.focus();
  });
}
