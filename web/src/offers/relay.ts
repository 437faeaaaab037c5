// The second button of what may also be signed for a sponsor to send. Its code is fetched when
// somebody first wants to.
import { button, h, notice } from "../dom.js";
import type { RelayWish } from "../relay/panel.js";
import type { Doing } from "./context.js";

/** `wish`: null where the form has something to say first. Hidden where nobody would send it. */
export function withoutCoins(text: string, context: Doing, wish: () => RelayWish | null): { root: HTMLElement; update(): void } {
  const place = h("div", { attrs: { "data-relay": true, hidden: true } });
  const act = async (): Promise<void> => {
    const wanted = wish();
    if (!wanted) return;
    const code = await import("../relay/panel.js").catch(() => null);
    if (!code) return notice("A part of this page can't be loaded. Try again.", "error");
    await code.relay(context, wanted, place);
  };
  const choice = h("p", null, button(text, act));
  const root = h("div", null, choice, place);
  const update = (): void => {
    const { info, connected } = context.session;
    const algo = connected?.key.algo ?? "secp256k1";
    root.hidden = !info.sponsors.length || !connected?.provider.signAmino || algo !== "secp256k1";
  };
  update();
  return { root, update };
}
