// Pledging without coins: signed here, sent by a sponsor. Until it has landed the same signed bytes
// may go to another sponsor or be sent with coins of one's own, and one may make them worthless.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

import * as api from "../api.js";
import { button, h, notice } from "../dom.js";
import type { Doing } from "../offers/context.js";
import { sentence, sentenceOf } from "../refusals.js";
import { type Review, confirm } from "../review/dialog.js";
import { wait } from "../tx/follow.js";
import type { Does, Signed } from "./doc.js";
import { sign } from "./sign.js";

export interface RelayWish {
  does: Does;
  review: Review;
  /** Said when it is done. */
  done: string;
  /** Called once it is in a block, before the page looks again. */
  landed?: () => void;
}

/** For as long as a sponsor may take over a full batch. */
const PATIENCE_MS = 120_000;
const POLL_MS = 500;

const nameOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

/** Reviews, signs and hands over. `place` shows where it is. */
export async function relay(context: Doing, wish: RelayWish, place: HTMLElement): Promise<void> {
  const { session } = context;
  const sponsor = session.info.sponsors[0] ?? "";
  const fee = `a sponsor pays it: ${nameOf(sponsor)}. It can send what you sign, and change nothing of it.`;
  if (!(await confirm(wish.review, fee))) return notice("Nothing was signed or sent.");
  notice("Confirm it in your wallet…");
  try {
    const item = await sign(session, wish.does);
    await new Panel(context, wish, item, place).hand(0);
  } catch (error) {
    notice(sentence(error), "error");
  }
}

class Panel {
  private readonly status = h("p", { attrs: { role: "status" } });
  private isOver = false;
  private run = 0;

  constructor(
    private readonly context: Doing,
    private readonly wish: RelayWish,
    private readonly item: Signed,
    place: HTMLElement,
  ) {
    const others = context.session.info.sponsors.map((url, i) =>
      button(`Hand it to ${nameOf(url)}`, () => this.hand(i)),
    );
    const own = button("Send it myself", () => this.sendMyself());
    const undo = button("Make it worthless", () => this.undo());
    const hint = "The same signature may go several ways; it counts once. It is good for a day.";
    place.replaceChildren(
      this.status,
      h("details", null, h("summary", { text: "Other ways, and taking it back" }), h("p", { class: "hint", text: hint }), h("p", { class: "pair" }, ...others, own, undo)),
    );
    place.hidden = false;
  }

  private say(text: string): void {
    this.status.textContent = text;
    notice(text);
  }

  /** To one sponsor, until it says what became of it. */
  async hand(sponsor: number): Promise<void> {
    await this.follow(sponsor, this.item, () => {
      this.wish.landed?.();
      return this.wish.done;
    });
  }

  private async follow(sponsor: number, item: Signed, done: () => string): Promise<void> {
    const run = (this.run += 1);
    const name = nameOf(this.context.session.info.sponsors[sponsor] ?? "");
    this.say(`Signed. Handing it to ${name}…`);
    try {
      let fate = await api.handOver(sponsor, item);
      const end = Date.now() + PATIENCE_MS;
      while (fate.id !== undefined && (fate.state === "queued" || fate.state === "sent")) {
        if (this.isOver || run !== this.run) return;
        this.status.textContent = fate.state === "queued" ? `${name} has it and will send it.` : `${name} has sent it. Waiting for the block…`;
        if (Date.now() > end) return this.say(`${name} hasn't sent it yet. It may still; or take another way.`);
        await wait(POLL_MS);
        fate = await api.fateOf(sponsor, fate.id).catch(() => fate);
      }
      if (this.isOver || run !== this.run) return;
      if (fate.state === "refused") {
        return this.complain(sentenceOf(`${fate.code ?? "refused"}: ${fate.reason ?? ""}`));
      }
      await this.landed(done(), fate.height ?? 0);
    } catch (error) {
      if (run === this.run) this.complain(`${name}: ${sentence(error)}`);
    }
  }

  private complain(text: string): void {
    this.status.textContent = text;
    notice(text, "error");
  }

  private async landed(text: string, height: number): Promise<void> {
    this.isOver = true;
    await this.context.look?.(height).catch(() => undefined);
    this.say(text);
  }

  /** The same bytes in a transaction of one's own. */
  private async sendMyself(): Promise<void> {
    const sent = await this.context.act({
      asks: [{ msg: { relay: { items: [this.item] } }, funds: [] }],
      review: this.wish.review,
      done: "It is in a block. What is shown here says whether it counted.",
    });
    if (sent) this.isOver = true;
  }

  /** Signs a later nothing, which cancels it, and hands that over. */
  private async undo(): Promise<void> {
    try {
      const nothing = await sign(this.context.session, { void: {} }, this.item.sequence);
      await this.follow(0, nothing, () => "What you signed is worth nothing now, unless it had been sent before.");
    } catch (error) {
      notice(sentence(error), "error");
    }
  }
}
