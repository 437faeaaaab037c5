// The wallet's place in the page's header, and the same buttons where an offer needs a wallet.
import { Refusal } from "./api.js";
import { showCoin, showCoins } from "./coins.js";
import { button, h, notice } from "./dom.js";
import { Sentence, isRejection, sentence } from "./errors.js";
import type { Session } from "./session.js";
import { short } from "./words.js";

const WARNING = "Test wallet: its key lies unprotected in this browser. It is for worthless coins of a local chain only.";

const title = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** Opens a wallet, or says why it stays closed. */
async function tried(session: Session, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isSentence = error instanceof Sentence || error instanceof Refusal;
    const why = isRejection(error) ? "You didn't allow it." : `It may be locked, or not know the chain ${session.info.chain_id}.`;
    notice(isSentence ? sentence(error) : `The wallet stays closed. ${why}`, "error");
  }
}

/** Buttons for every wallet there is. */
export function connectButtons(session: Session): HTMLElement[] {
  const found = session.providers();
  const list: HTMLElement[] = found.map((one) =>
    button(found.length === 1 ? "Connect wallet" : `Connect ${title(one.id)}`, () =>
      tried(session, () => session.connect(one)),
      "primary",
    ),
  );
  if (session.info.local) {
    list.push(button("Use a test wallet", () => tried(session, () => session.connectTest()), found.length ? "" : "primary"));
  } else if (found.length === 0) {
    list.push(h("p", { class: "hint", text: "To take part, open this page in a browser with a Cosmos wallet such as Keplr or Leap." }));
  }
  return list;
}

/** What pays fees; everything else is on the bank's own pages. */
function balance(session: Session): string {
  const denom = session.info.fee_denom;
  return showCoin(session.coins.find((coin) => coin.denom === denom) ?? { denom, amount: "0" });
}

async function drawFromFaucet(session: Session): Promise<void> {
  notice("Asking the faucet…");
  try {
    const { faucet } = await import("./wallet/local.js");
    const sent = await faucet(session.info, session.require().address);
    await session.refreshCoins();
    notice(`The faucet sent ${showCoins(sent)}.`);
  } catch (error) {
    notice(sentence(error), "error");
  }
}

function draw(place: HTMLElement, session: Session): void {
  place.hidden = false;
  const { connected } = session;
  if (!connected) {
    place.replaceChildren(...connectButtons(session));
    return;
  }
  const who = h("a", {
    class: "address",
    text: short(connected.address),
    attrs: { href: `/people/${encodeURIComponent(connected.address)}`, title: connected.address },
  });
  const has = h("span", { class: "balance", text: balance(session), attrs: { "data-balance": true } });
  const leave = button("Disconnect", () => session.disconnect());
  const parts: HTMLElement[] = [who, has];
  if (session.hasFaucet) {
    const isEmpty = session.coins.length === 0;
    parts.push(button("Get coins from the faucet", () => drawFromFaucet(session), isEmpty ? "primary" : ""));
  }
  parts.push(leave);
  if (session.isTest) parts.push(h("p", { class: "error", text: WARNING }));
  place.replaceChildren(...parts);
}

/** Keeps the header's box up to date. */
export function showWallet(session: Session): void {
  const place = document.getElementById("wallet");
  if (!place) return;
  const redraw = (): void => {
    place.setAttribute("aria-busy", String(session.busy));
    // The box is drawn anew; whoever pressed one of its buttons stays in it.
    const inside = place.contains(document.activeElement);
    const label = inside ? document.activeElement?.textContent : null;
    draw(place, session);
    if (!inside) return;
    const all = [...place.querySelectorAll<HTMLElement>("button, a")];
    (all.find((element) => element.textContent === label) ?? all[0])?.focus();
  };
  session.onChange(redraw);
  redraw();
}
