// A cause's page: counters that move, and per action what this person may do.
import { h } from "../dom.js";
import { connectButtons } from "../header.js";
import { Speaker, sectionOf, showCounts } from "../live/counters.js";
import { Refresher } from "../live/refresh.js";
import { follow } from "../live/stream.js";
import type { CauseContext } from "../offers/cause.js";
import type { Context, Doing } from "../offers/context.js";
import { awaitsAnswers } from "../offers/released.js";
import { Slot } from "../offers/slot.js";
import type { Wish } from "../perform.js";
import { type Session } from "../session.js";
import { now } from "../time.js";
import type { Action, Cause } from "../types.js";
import { Desk } from "./desk.js";
import { Fetched } from "./fetched.js";

/** Of the person's own part, while only others' pledges change. */
const RELOAD_MS = 1_500;
const LOOK_MS = 4_000;

type Acting = typeof import("./acting.js");

export class CausePage {
  private readonly desk: Desk;
  private readonly refresher = new Refresher();
  private readonly speaker = new Speaker();
  private readonly slots = new Map<number, Slot>();
  private readonly causeSlot: Slot | null;
  private readonly acting = new Fetched(() => import("./acting.js"), () => this.draw());
  private busy = false;
  private reloading: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly session: Session,
    main: HTMLElement,
    id: number,
  ) {
    this.desk = new Desk(session, id);
    for (const section of main.querySelectorAll<HTMLElement>("section[data-action]")) {
      const place = section.querySelector<HTMLElement>("[data-offers]");
      if (place) this.slots.set(Number(section.dataset.action), new Slot(place));
    }
    const place = main.querySelector<HTMLElement>("[data-cause-offers]");
    this.causeSlot = place ? new Slot(place) : null;
    session.onChange(() => this.draw());
  }

  start(): void {
    let address = this.session.connected?.address;
    this.session.onChange(() => {
      if (address === this.session.connected?.address) return;
      address = this.session.connected?.address;
      void this.reload();
    });
    const listen = (): (() => void) => follow(this.desk.id, (cause) => this.take(cause));
    let stop = listen();
    // A page in the browser's back-and-forward store must not hold the stream, or the lock on it.
    window.addEventListener("pagehide", () => stop());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) stop = listen();
    });
    this.draw();
    void this.reload();
  }

  private take(cause: Cause): void {
    if (!this.desk.take(cause)) return;
    const changed = showCounts(cause);
    this.speaker.tell(cause);
    if (changed) void this.refresher.now(cause.view.height);
    else this.refresher.soon();
    this.draw();
    if (changed) void this.reload(cause.view.height);
    else if (this.session.connected) this.reloading ??= setTimeout(() => void this.reload(), RELOAD_MS);
  }

  private async reload(minHeight = 0): Promise<void> {
    if (this.reloading !== null) clearTimeout(this.reloading);
    this.reloading = null;
    // A server that doesn't answer now is asked again with the next change.
    await this.desk.load(minHeight).catch(() => undefined);
    if (this.desk.cause) showCounts(this.desk.cause);
    this.draw();
    this.lookLater();
  }

  /** Time, or another cause, may let actions bind together: no stream of this cause tells that. */
  private lookLater(): void {
    const waits = this.desk.cause?.actions.some((a) => a.by_message && !a.active && a.committed > 0 && !a.can_activate);
    // Nor does a stream tell what a verdict contract answers.
    const judged = this.desk.cause?.actions.some((a) => a.judging && (a.phase === "judging" || awaitsAnswers(a)));
    if ((waits || judged) && this.session.connected) this.reloading ??= setTimeout(() => void this.reload(), LOOK_MS);
  }

  private async act(wish: Wish): Promise<boolean> {
    const code = this.acting.get();
    if (this.busy || !code) return false;
    this.busy = true;
    try {
      return await code.perform(this.session, wish, async ({ height }) => {
        await Promise.all([this.reload(height), this.refresher.now(height)]);
      });
    } finally {
      this.busy = false;
    }
  }

  private get doing(): Doing {
    return {
      session: this.session,
      look: async (height) => {
        await Promise.all([this.reload(height), this.refresher.now(height)]);
      },
      act: (wish) => this.act(wish),
    };
  }

  private draw(): void {
    const { cause } = this.desk;
    const address = this.session.connected?.address;
    const code = address ? this.acting.get() : null;
    if (!cause) return;
    for (const action of cause.actions) this.drawAction(action, code);
    if (!address || !code) return this.causeSlot?.clear();
    const list = code.causeOffers(cause, address, this.desk.everPledged, now(), this.desk.pledged, this.desk.person);
    const context: CauseContext = { ...this.doing, cause: () => this.desk.cause as Cause, person: () => this.desk.person };
    if (this.causeSlot) code.showCauseOffers(this.causeSlot, context, list, address);
  }

  private drawAction(action: Action, code: Acting | null): void {
    const slot = this.slots.get(action.id);
    if (!slot) return;
    const me = this.desk.me(action);
    if (!me || !code) {
      slot.clear();
      if (this.session.connected || this.session.busy) return slot.say();
      return slot.say(...this.invitation(action));
    }
    slot.say(...code.statusWords(action, me).map((text) => h("p", { text })));
    const context: Context = {
      ...this.doing,
      facts: () => ({
        cause: this.desk.cause as Cause,
        action: this.desk.action(action.id) ?? action,
        me: this.desk.me(action) ?? me,
      }),
      find: (address) => this.desk.find(address).catch(() => undefined),
    };
    code.showOffers(slot, context);
  }

  /** Drawn once: the buttons must not change under a finger. */
  private invitation(action: Action): Node[] {
    const open = action.phase === "pledging" || action.phase === "locked";
    const section = sectionOf(action.id);
    const old = section?.querySelector("[data-invitation]");
    if (old && old.getAttribute("data-invitation") === String(open)) return [old];
    const text = open ? "To pledge, connect a wallet:" : "To see what you may do here, connect a wallet:";
    const invitation = h("div", { class: "offer", attrs: { "data-invitation": String(open) } });
    invitation.append(h("p", { text }), h("p", { class: "pair" }, ...connectButtons(this.session)));
    return [invitation];
  }
}
