// Everything a page knows of one cause and of the person who looks at it, kept up to date.
import * as api from "../api.js";
import { alreadySaid } from "../early.js";
import { isBound } from "../offers/pledged.js";
import { awaitsAnswers } from "../offers/released.js";
import type { Me } from "../offers/which.js";
import type { Session } from "../session.js";
import { setClock } from "../time.js";
import type { Action, Cause, Person, Pledge, Verdict } from "../types.js";

/** As many pledges of others as a page looks at; beyond that offers about others begin with the first. */
const MOST_PLEDGES = 2_000;

/** Challenges of one's own whose end is asked for at once. */
const MOST_LOOKS = 10;

const SHORT_LIST = 100;
const LONG_LIST_MS = 15_000;

/** Whether other people's pledges matter: to attest them, or to claim for them. */
function needsOthers(action: Action, address: string): boolean {
  const ended = action.phase !== "pledging" && action.phase !== "locked";
  // Whoever looks may doubt a check-in.
  const checks = action.attestors.includes(address) || action.fulfilment === "challengeable";
  return (action.active && checks) || ended;
}

export class Desk {
  cause: Cause | null = null;
  person: Person | null = null;
  private others: Pledge[] = [];
  private complete = false;
  private verdicts = new Map<number, Verdict>();
  private listedAt = 0;
  everPledged = true;

  constructor(
    private readonly session: Session,
    readonly id: number,
  ) {}

  /** Takes over a cause from a stream or an answer, unless a newer one is here. */
  take(cause: Cause): boolean {
    if (this.cause && cause.view.height < this.cause.view.height) return false;
    this.cause = cause;
    setClock(cause.view.time);
    return true;
  }

  /** Asks for what the stream doesn't tell: the person's own part, and others' pledges. */
  async load(minHeight = 0): Promise<void> {
    const cause = await api.cause(this.id, minHeight);
    this.take(cause);
    const address = this.session.connected?.address;
    if (!address) {
      this.person = null;
      this.others = [];
      return;
    }
    const isNew = this.person?.address !== address;
    const [person, list] = await Promise.all([
      api.person(address, minHeight),
      isNew || minHeight > 0 || this.mayList() ? this.pledges(cause, address) : null,
    ]);
    const verdicts = await this.judged(cause, person, list?.pledges ?? this.others);
    if (this.session.connected?.address !== address) return;
    this.person = person;
    this.verdicts = verdicts;
    if (!list) return;
    this.listedAt = Date.now();
    this.everPledged = list.pledges.length > 0;
    this.others = list.pledges.filter((pledge) => pledge.address !== address);
    this.complete = list.complete;
  }

  /** What no event tells: the verdict contract's answers, and what is paid by them. */
  private async judged(cause: Cause, person: Person, list: readonly Pledge[]): Promise<Map<number, Verdict>> {
    const open = cause.actions.filter((a) => a.judging && (a.phase === "judging" || a.phase === "settled" || awaitsAnswers(a)));
    const found = new Map<number, Verdict>();
    const look = async (action: Action, pledge: Pledge | undefined): Promise<void> => {
      const verdict = await api.verdict(action.id, pledge?.address ?? person.address).catch(() => null);
      if (!verdict) return;
      if (pledge === undefined || pledge.address === person.address) found.set(action.id, verdict);
      if (!pledge) return;
      pledge.challenge = verdict.challenge;
      pledge.claimable = verdict.claimable;
    };
    await Promise.all(
      open.flatMap((action) => {
        const waits = (p: Pledge): boolean => p.action === action.id && p.status !== "withdrawn" && p.status !== "claimed";
        const own = person.pledges.find((p) => waits(p) && (p.claimable === null || p.challenge === "pending"));
        const asked = action.judging?.outcome_by && action.judging.answer === null;
        // Whoever challenged is paid by the claim of the challenged.
        const fallen = list.filter((p) => waits(p) && p.challenge === "pending" && p.challenger === person.address);
        // What a vote leaves to those without a deposit.
        const rewards = (action.judging?.deposits?.rewards ?? "0") !== "0";
        const looks = own || asked || rewards || awaitsAnswers(action) ? [look(action, own)] : [];
        return [...looks, ...fallen.slice(0, MOST_LOOKS).map((p) => look(action, p))];
      }),
    );
    return found;
  }

  /** A long list isn't asked for at each change of a busy cause. */
  private mayList(): boolean {
    return this.others.length <= SHORT_LIST || Date.now() - this.listedAt > LONG_LIST_MS;
  }

  private async pledges(cause: Cause, address: string): Promise<{ pledges: Pledge[]; complete: boolean }> {
    const mayCancel = cause.creator === address && !cause.cancelled;
    const wanted = cause.actions.some((action) => needsOthers(action, address));
    if (!wanted && !mayCancel) return { pledges: [], complete: false };
    return await api.pledges(this.id, wanted ? MOST_PLEDGES : 1);
  }

  /** Takes somebody's pledges in beside the listed ones. */
  async find(address: string): Promise<void> {
    const { pledges } = await api.person(address);
    const known = new Set(this.others.filter((pledge) => pledge.address === address).map((pledge) => pledge.action));
    this.others.push(...pledges.filter((pledge) => pledge.cause === this.id && !known.has(pledge.action)));
  }

  /** The person's part in one action. */
  me(action: Action): Me | null {
    const address = this.session.connected?.address;
    if (!address || this.person?.address !== address) return null;
    return {
      address,
      pledge: this.person.pledges.find((pledge) => pledge.action === action.id) ?? null,
      others: this.others.filter((pledge) => pledge.action === action.id),
      complete: this.complete,
      verdict: this.verdicts.get(action.id) ?? null,
      boundInCause: this.person.pledges.some((pledge) => pledge.cause === this.id && isBound(pledge)),
      kept: this.person.standing.kept,
      alreadyDid: alreadySaid(this.session.info.contracts.causes.address, action.id, address),
    };
  }

  /** Whether the person has a pledge on the cause that they didn't withdraw. */
  get pledged(): boolean {
    const own = this.person?.pledges ?? [];
    return own.some((pledge) => pledge.cause === this.id && pledge.status !== "withdrawn");
  }

  action(id: number): Action | null {
    return this.cause?.actions.find((action) => action.id === id) ?? null;
  }
}
