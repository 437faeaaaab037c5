// The island: what a page gains from JavaScript. Everything can be read without it.
import { chainInfo } from "./api.js";
import { setDenoms } from "./coins.js";
import { notice } from "./dom.js";
import { sentence } from "./errors.js";
import { showWallet } from "./header.js";
import { rememberServed } from "./live/refresh.js";
import { Session } from "./session.js";
import { showTimes, startClock } from "./time.js";

/** Each page loads what it needs. */
async function startPage(session: Session): Promise<void> {
  const main = document.querySelector<HTMLElement>("main");
  if (!main) return;
  switch (document.body.dataset.page) {
    case "cause": {
      const { CausePage } = await import("./pages/cause.js");
      return new CausePage(session, main, Number(main.dataset.cause)).start();
    }
    case "person": {
      const { PersonPage } = await import("./pages/person.js");
      return new PersonPage(session, main, main.dataset.person ?? "").start();
    }
    case "new": {
      const { startForm } = await import("./create/form.js");
      return startForm(session, main);
    }
    case "mine":
      return followMine(session);
  }
}

/** "Mine" is one's own page, once one's address is known. */
function followMine(session: Session): void {
  const go = (): void => {
    const address = session.connected?.address;
    // An address that was asked for and can't be read stays on the page, with what is wrong with it.
    if (address && !location.search) location.replace(`/people/${encodeURIComponent(address)}`);
  };
  session.onChange(go);
  go();
}

async function start(): Promise<void> {
  rememberServed();
  showTimes(document);
  startClock();
  const info = await chainInfo();
  setDenoms(info.denoms);
  const session = new Session(info);
  showWallet(session);
  // First the wallet, so that a page isn't drawn for nobody and at once again for somebody.
  await session.reconnect().catch(() => session.disconnect());
  if (document.readyState !== "complete") window.addEventListener("load", () => void session.lookAgain(), { once: true });
  await startPage(session);
}

start().catch((error: unknown) => notice(sentence(error), "error"));
