// A person's page: what can be claimed for them by anybody, and everything else by themselves.
import * as api from "../api.js";
import { Refresher } from "../live/refresh.js";
import type { Context } from "../offers/context.js";
import { Slot } from "../offers/slot.js";
import type { Me, Offer } from "../offers/which.js";
import type { Wish } from "../perform.js";
import type { Session } from "../session.js";
import { setClock } from "../time.js";
import type { Cause, Person } from "../types.js";
import { Fetched } from "./fetched.js";

/** What is about oneself; statements about others have their place on the cause's page. */
const OWN: readonly Offer["kind"][] = ["pledge", "confirm", "check_in", "claim", "take_back", "withdraw", "settle"];

interface Row {
  cause: number;
  action: number;
  slot: Slot;
}

export class PersonPage {
  private readonly rows: Row[] = [];
  private readonly causes = new Map<number, Cause>();
  private readonly acting = new Fetched(() => import("./acting.js"), () => this.draw());
  private readonly refresher = new Refresher();
  private person: Person | null = null;
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    main: HTMLElement,
    private readonly whose: string,
  ) {
    for (const article of main.querySelectorAll<HTMLElement>("article[data-cause][data-action]")) {
      const place = article.querySelector<HTMLElement>("[data-offers]");
      if (!place) continue;
      this.rows.push({ cause: Number(article.dataset.cause), action: Number(article.dataset.action), slot: new Slot(place) });
    }
  }

  start(): void {
    let address: string | undefined;
    const changed = (): void => {
      if (address === this.session.connected?.address) return;
      address = this.session.connected?.address;
      void this.load();
    };
    this.session.onChange(changed);
    changed();
  }

  private async load(minHeight = 0): Promise<void> {
    if (!this.session.connected) return this.draw();
    try {
      this.person = await api.person(this.whose, minHeight);
      await Promise.all(
        [...new Set(this.rows.map((row) => row.cause))].map(async (id) => this.causes.set(id, await api.cause(id, minHeight))),
      );
    } catch {
      // Drawn from what is known; the next look asks again.
    }
    setClock(this.person?.view.time ?? Date.now() / 1000);
    this.draw();
    this.wake();
  }

  /** Looks again once time alone changes a phase. */
  private wake(): void {
    clearTimeout(this.timer);
    const next = [...this.causes.values()].flatMap((c) => c.actions).map((a) => a.next_boundary ?? Number.POSITIVE_INFINITY);
    const at = Math.min(...next);
    const time = this.person?.view.time;
    if (!Number.isFinite(at) || time === undefined) return;
    // A block after the second itself; and no longer than timers can be set.
    const wait = Math.min(Math.max(at - time, 0) * 1000 + 1_500, 3_600_000);
    this.timer = setTimeout(() => void Promise.all([this.load(), this.refresher.now()]), wait);
  }

  private me(row: Row, own: boolean): Me {
    const pledge = this.person?.pledges.find((p) => p.action === row.action) ?? null;
    const address = this.session.connected?.address ?? "";
    return own
      ? { address, pledge, others: [], complete: false, ...(this.person && { kept: this.person.standing.kept }) }
      : { address, pledge: null, others: pledge ? [pledge] : [], complete: false };
  }

  private draw(): void {
    const own = this.session.connected?.address === this.whose;
    const code = this.session.connected ? this.acting.get() : null;
    for (const row of this.rows) {
      const cause = this.causes.get(row.cause);
      const action = cause?.actions.find((a) => a.id === row.action);
      if (!code || !cause || !action) {
        row.slot.clear();
        continue;
      }
      const context: Context = {
        session: this.session,
        facts: () => {
          const latest = this.causes.get(row.cause) ?? cause;
          return { cause: latest, action: latest.actions.find((a) => a.id === row.action) ?? action, me: this.me(row, own) };
        },
        act: (wish) => this.act(wish),
      };
      code.showOffers(row.slot, context, (offer) => (own ? OWN.includes(offer.kind) : offer.kind === "claim_for"));
    }
  }

  private async act(wish: Wish): Promise<boolean> {
    const code = this.acting.get();
    if (this.busy || !code) return false;
    this.busy = true;
    try {
      return await code.perform(this.session, wish, async ({ height }) => {
        await Promise.all([this.load(height), this.refresher.now(height)]);
      });
    } finally {
      this.busy = false;
    }
  }
}
