// What the demo's people do in one cause. Everything is read back first, so a demo that was stopped
// at any point goes on where it was.
import { parseCoins } from "@cosmjs/stargate";

import type { Coin, Sent, Wallet } from "../lib/chain.js";
import type { Action, Api, Cause, Pledge } from "./api.js";
import type { People } from "./people.js";

/** One of the demo's own people in a cause. */
export interface Player {
  account: number;
  name: string;
  needsOthers: number;
  /** Whether they do what they promised. */
  keeps: boolean;
}

/** Who plays in a story's causes. */
export interface Cast {
  /** The first of them starts the causes. They pledge in this order. */
  players: readonly Player[];
  attestor: { account: number; name: string };
}

/** Where everything is, and where to tell of it. */
export interface Stage {
  api: Api;
  people: People;
  contract: string;
  tell(text: string): void;
  /** Coins as people write them. */
  shown(coins: readonly Coin[]): string;
}

/** How far before the end of the reports the attestor says who didn't check in, in seconds. */
const LAST_WORD = 5;
/** Less than this before a close, a pledge might come too late. */
const BEFORE_CLOSE = 2;
/** The contract takes no more statements in one message. */
const MOST_STATEMENTS = 50;

/** What is left to do in a cause after a turn. */
export interface Left {
  done: boolean;
  /** When to look again, though nothing else happens. Unix seconds. */
  at: number | null;
}

/** The demo's part in one cause. */
export class Play {
  private readonly action: Action;

  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
    private readonly cause: Cause,
    private readonly now: number,
  ) {
    this.action = cause.actions[0] as Action;
  }

  /** Does everything that is due. */
  async turn(): Promise<Left> {
    const pledges = await this.stage.api.pledges(this.cause.id);
    switch (this.action.phase) {
      case "pledging":
        return await this.pledge(pledges);
      case "acting":
      case "reporting":
        return await this.report(pledges);
      case "settled":
      case "failed":
      case "cancelled":
        return await this.draw(pledges);
      default:
        return { done: false, at: null };
    }
  }

  private async pledge(pledges: readonly Pledge[]): Promise<Left> {
    const { id, stake, schedule } = this.action;
    if (schedule.pledge_until !== null && schedule.pledge_until - this.now < BEFORE_CLOSE) {
      return { done: false, at: schedule.pledge_until };
    }
    for (const player of this.cast.players) {
      const wallet = await this.stage.people.person(player.account);
      if (pledges.some((pledge) => pledge.address === wallet.address)) continue;
      const message = { pledge: { action: id, needs_others: player.needsOthers } };
      await this.send(wallet, message, stake ? [stake] : []);
      const [{ pledged, committed }] = (await this.stage.api.cause(this.cause.id)).actions as [Action];
      this.tell(`${player.name} pledges and needs ${others(player.needsOthers)}: ${pledged} pledged, ${committed} committed`);
    }
    return { done: false, at: schedule.pledge_until };
  }

  private async report(pledges: readonly Pledge[]): Promise<Left> {
    const { phase, report_from, settled_from } = this.action;
    const own = await this.own();
    const bound = pledges.filter((pledge) => pledge.status === "bound");
    const reporting = phase === "reporting";
    const late = settled_from !== null && this.now >= settled_from - LAST_WORD;
    const statements: { person: string; outcome: "did" | "didnt" }[] = [];
    const checkIns: Promise<Sent>[] = [];
    for (const pledge of bound) {
      const player = own.get(pledge.address);
      if (player?.keeps && !pledge.checked_in) {
        const wallet = await this.stage.people.person(player.account);
        checkIns.push(this.send(wallet, { check_in: { action: this.action.id } }));
      }
      if (pledge.outcome !== null) continue;
      // A visitor who checked in need not wait; one who didn't may until the last moment.
      const did = player ? player.keeps : pledge.checked_in;
      if (player ? reporting : did || late) {
        statements.push({ person: pledge.address, outcome: did ? "did" : "didnt" });
      }
    }
    await Promise.all(checkIns);
    if (checkIns.length > 0) this.tell(`${checkIns.length} of the demo's people check in`);
    if (statements.length > 0) await this.attest(statements);
    return { done: false, at: reporting ? settled_from && settled_from - LAST_WORD : report_from };
  }

  private async attest(statements: { person: string; outcome: string }[]): Promise<void> {
    const { account, name } = this.cast.attestor;
    const wallet = await this.stage.people.person(account);
    for (let i = 0; i < statements.length; i += MOST_STATEMENTS) {
      const some = statements.slice(i, i + MOST_STATEMENTS);
      await this.send(wallet, { attest: { action: this.action.id, statements: some } });
    }
    const did = statements.filter((statement) => statement.outcome === "did").length;
    this.tell(`${name} attests: ${did} did it, ${statements.length - did} didn't`);
  }

  /** The demo's people draw what is theirs; a visitor's coins are the visitor's to draw. */
  private async draw(pledges: readonly Pledge[]): Promise<Left> {
    const own = await this.own();
    const { id, phase, totals_fixed } = this.action;
    const attestor = await this.stage.people.person(this.cast.attestor.account);
    const due = pledges.filter((pledge) => pledge.claimable !== null);
    const broken = due.filter((pledge) => pledge.status === "broken");
    const others = due.filter((pledge) => pledge.status !== "broken" && own.has(pledge.address));
    if (phase === "settled" && !totals_fixed && due.length > 0) await this.send(attestor, { settle: { action: id } });
    // Whoever sends a broken pledge's claim keeps a hundredth of it.
    for (const pledge of broken) await this.send(attestor, { claim: { action: id, person: pledge.address } });
    await Promise.all(
      others.map(async (pledge) => {
        const wallet = await this.stage.people.person(own.get(pledge.address)?.account as number);
        const sent = await this.send(wallet, { claim: { action: id } });
        this.tell(`${own.get(pledge.address)?.name} draws ${this.stage.shown(received(sent, wallet.address))}`);
      }),
    );
    const waiting = pledges.filter((pledge) => pledge.claimable === null && own.has(pledge.address));
    return { done: waiting.every(({ status }) => status === "claimed" || status === "withdrawn"), at: null };
  }

  private async own(): Promise<Map<string, Player>> {
    const found = new Map<string, Player>();
    for (const player of this.cast.players) {
      found.set((await this.stage.people.person(player.account)).address, player);
    }
    return found;
  }

  private async send(wallet: Wallet, message: object, funds: Coin[] = []): Promise<Sent> {
    const sent = await wallet.execute(this.stage.contract, message, funds);
    this.stage.api.include(sent.height);
    return sent;
  }

  private tell(text: string): void {
    this.stage.tell(`cause ${this.cause.id}: ${text}`);
  }
}

const others = (count: number): string => (count === 1 ? "1 other" : `${count} others`);

/** What a transaction paid to an address. */
function received(sent: Sent, address: string): Coin[] {
  return sent.events
    .filter(({ type, attributes }) => type === "coin_received" && attributes.some(({ value }) => value === address))
    .flatMap(({ attributes }) => attributes.filter(({ key }) => key === "amount"))
    .flatMap(({ value }) => parseCoins(value));
}
