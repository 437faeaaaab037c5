// What a person may send now, by the rules of the contract: every message that the phase and the
// person's part allow, and nothing else. Pure; the pages only draw what it returns.
import { bonusDenom } from "../coins.js";
import { awaitsAnswer, brought } from "../deposit.js";
import { lacks } from "./gate.js";
import { isBound, stands } from "./pledged.js";
import { releasable } from "./released.js";
import type { Action, Cause, Coin, Person, Pledge, Proposal, Verdict } from "../types.js";

/** Who looks at an action. */
export interface Me {
  address: string;
  /** The person's own pledge to this action, withdrawn or not. */
  pledge: Pledge | null;
  /** Pledges of others to this action, as far as they are known. */
  others: Pledge[];
  /** Whether `others` are all there are. */
  complete: boolean;
  /** Whether the person is bound by any action of the cause, where that is known. */
  boundInCause?: boolean;
  /** Whether the person is known to have said "I have already done it". */
  alreadyDid?: boolean;
  /** How many pledges the person is known to have kept, where that is known. */
  kept?: number;
  /** What the verdict contract says, where it was asked for. */
  verdict?: Verdict | null;
}

export type Offer =
  | { kind: "no_place"; lacks: string[] }
  | { kind: "pledge"; stake: "none" | "optional" | "required" }
  | { kind: "pledge_bundle" }
  | { kind: "withdraw_bundle" }
  | { kind: "pledge_coins" }
  | { kind: "release"; due: Coin }
  | { kind: "take_back"; due: Coin[] }
  | { kind: "withdraw"; back: Coin | null }
  | { kind: "confirm" }
  | { kind: "check_in" }
  | { kind: "already_did" }
  | { kind: "attest"; people: Pledge[] }
  | { kind: "attest_outcome" }
  | { kind: "state_saving" }
  | { kind: "challenge" }
  | { kind: "settle"; answer: "yes" | "no" | "unresolved" | null }
  | { kind: "activate" }
  | { kind: "claim"; due: Coin[] }
  | { kind: "claim_for"; pledges: Pledge[] }
  | { kind: "claim_forfeits"; to: string }
  | { kind: "claim_reward"; reward: Coin }
  | { kind: "sponsor_bonus" }
  | { kind: "claim_bonus"; rest: Coin };

export type CauseOffer =
  | { kind: "score" }
  | { kind: "second"; open: Proposal[] }
  | { kind: "propose" }
  | { kind: "cancel_cause" }
  | { kind: "support" }
  | { kind: "say" }
  | { kind: "rate" }
  | { kind: "sweep_fund" }
  | { kind: "spend_fund"; fund: Coin[] };

const isOpen = (action: Action): boolean => action.phase === "pledging" || action.phase === "locked";

/** Whether the server's phase may have ended since it was told. */
const isOver = (action: Action, now: number): boolean =>
  action.next_boundary !== null && now >= action.next_boundary;

/** From activation until the report window ends; a `rolling` action takes reports while it is open. */
const takesReports = (action: Action): boolean =>
  action.active && (isOpen(action) || action.phase === "acting" || action.phase === "reporting");

const isWorth = (coins: readonly Coin[]): boolean => coins.some((coin) => BigInt(coin.amount) > 0n);

function mayPledge(action: Action, me: Me, now: number): boolean {
  const gains = action.coins?.beneficiary === me.address || action.coins?.document?.recipient === me.address;
  const judges = action.judging?.attestors.includes(me.address) ?? false;
  const hasRole = gains || judges || action.attestors.includes(me.address) || action.forfeits_address === me.address;
  const has = me.pledge !== null && me.pledge.status !== "withdrawn";
  return isOpen(action) && action.takes_pledges && !isOver(action, now) && !hasRole && !has;
}

const stakeOf = (action: Action): "none" | "optional" | "required" =>
  action.stake === null ? "none" : action.stake_required ? "required" : "optional";

/** Check-ins that may be challenged: of those who are bound, and that nobody challenged. */
export const challengeable = (action: Action, me: Me): Pledge[] =>
  action.fulfilment === "challengeable" ? me.others.filter((p) => p.checked_in && isBound(p) && !p.challenge) : [];

function mayChallenge(action: Action, me: Me, now: number): boolean {
  const until = action.judging?.challenge_until ?? 0;
  return action.active && now < until && challengeable(action, me).length > 0;
}

/** From activation until judging ends, unless enough agreed. */
function mayAttestOutcome(action: Action, me: Me, now: number): boolean {
  const judging = action.judging;
  if (!judging || !action.active || judging.answer !== null) return false;
  return judging.attestors.includes(me.address) && now < (judging.judge_by ?? 0);
}

/** By those who attest what each did, or the outcome; from activation on, as long as anybody saves. */
const mayStateSaving = (action: Action, { address }: Me): boolean =>
  !!action.saving && action.active && (action.attestors.includes(address) || !!action.judging?.attestors.includes(address));

/** Whether totals can be fixed, and which final answer nobody has stored yet. */
function settleOf(action: Action, me: Me, now: number): Offer | null {
  if (action.coins || (action.phase !== "settled" && action.phase !== "judging")) return null;
  const answer = (action.judging?.answer ?? null) === null ? (me.verdict?.answer ?? null) : null;
  const pays = action.phase === "settled" || (!awaitsAnswer(action) && now >= (action.judging?.pays_from ?? Number.POSITIVE_INFINITY));
  return (pays && !action.totals_fixed) || answer !== null ? { kind: "settle", answer } : null;
}

/** Whether the claim of a fallen check-in pays `me`, who challenged it. */
export const paysChallenger = (pledge: Pledge, me: Me): boolean =>
  pledge.challenge === "fell" && pledge.challenger === me.address && pledge.claimable !== null && stands(pledge);

/** What whoever sends the claim of `pledge` is paid for it. */
export function keeperPay(action: Action, pledge: Pledge): Coin | null {
  const each = action.totals?.keeper_each ?? "0";
  const pays = action.stake !== null && pledge.staked && pledge.status === "broken" && BigInt(each) > 0n;
  return pays && action.stake ? { denom: action.stake.denom, amount: each } : null;
}

/** Whether what forfeits brought to a named address may still lie here. */
function forfeitsWait(action: Action, me: Me): boolean {
  const due = BigInt(action.totals?.to_address ?? "0");
  if (action.forfeits_to !== "address" || due === 0n) return false;
  const held = BigInt(action.held.find((coin) => coin.denom === action.stake?.denom)?.amount ?? "0");
  if (!me.complete) return held >= due;
  // Everything that lies here is owed: what isn't owed to pledgers is owed to the address.
  const owed = [...me.others, ...(me.pledge ? [me.pledge] : [])]
    .flatMap((pledge) => [...(pledge.claimable ?? []), ...(stands(pledge) ? [keeperPay(action, pledge)] : [])])
    .reduce((sum, coin) => sum + BigInt(coin?.amount ?? "0"), BigInt(action.bonus?.rest ?? "0"));
  return held - owed >= due;
}

/** What `me` may send about an action. `now`: the chain's time, Unix seconds. `all`: of its cause. */
export function offers(action: Action, me: Me, now: number, all: readonly Action[] = []): Offer[] {
  const list: Offer[] = [];
  const own = me.pledge !== null && stands(me.pledge) ? me.pledge : null;
  if (action.bundled) {
    // All at once, offered beside the first of them.
    const open = all.every((one) => isOpen(one) && one.takes_pledges && !isOver(one, now));
    if (all[0]?.id === action.id && open && mayPledge(action, me, now)) list.push({ kind: "pledge_bundle" });
  } else if (mayPledge(action, me, now)) {
    const missing = lacks(action, me.address, me.kept);
    list.push(missing.length > 0 ? { kind: "no_place", lacks: missing } : action.coins ? { kind: "pledge_coins" } : { kind: "pledge", stake: stakeOf(action) });
  }
  if (own?.status === "standing" && !own.confirmed && action.phase === "confirming" && !isOver(action, now)) {
    list.push({ kind: "confirm" });
  }
  if (own && !own.checked_in && isBound(own) && takesReports(action) && !action.coins && action.fulfilment !== "collective") {
    list.push({ kind: "check_in" });
  }
  if (takesReports(action) && action.attestors.includes(me.address)) {
    const people = me.others.filter((p) => isBound(p) && p.outcome === null);
    if (people.length > 0) list.push({ kind: "attest", people });
  }
  if (mayAttestOutcome(action, me, now)) list.push({ kind: "attest_outcome" });
  if (mayStateSaving(action, me)) list.push({ kind: "state_saving" });
  if (mayChallenge(action, me, now)) list.push({ kind: "challenge" });
  // Coins that were bound come back where the answer isn't yes.
  if (own?.claimable) list.push({ kind: action.coins && isBound(own) ? "take_back" : "claim", due: own.claimable });
  // One that is released while it is open was silent in a confirm window: it is claimed above.
  if (own?.status === "standing" && action.phase === "pledging" && !isOver(action, now)) {
    list.push(action.bundled && !me.boundInCause ? { kind: "withdraw_bundle" } : { kind: "withdraw", back: own.coins?.amount ?? brought(action, own.staked) });
  }
  if (action.can_activate) list.push({ kind: "activate" });
  const next = releasable(action, now, me.verdict);
  if (next) list.push({ kind: "release", due: next });
  if (me.verdict?.reward) list.push({ kind: "claim_reward", reward: me.verdict.reward });
  const settle = settleOf(action, me, now);
  if (settle) list.push(settle);
  const waiting = me.others.filter((p) => p.claimable !== null && (isWorth(p.claimable) || keeperPay(action, p) || paysChallenger(p, me)));
  if (waiting.length > 0) list.push({ kind: "claim_for", pledges: waiting });
  if (forfeitsWait(action, me)) list.push({ kind: "claim_forfeits", to: action.forfeits_address ?? "" });
  const { bonus } = action;
  if (bonus?.sponsor === me.address && isOpen(action) && action.takes_pledges && !isOver(action, now)) list.push({ kind: "sponsor_bonus" });
  if (bonus && BigInt(bonus.rest) > 0n) list.push({ kind: "claim_bonus", rest: { denom: bonusDenom(action), amount: bonus.rest } });
  // Early movers: those without a pledge, whatever their part is.
  const never = me.pledge === null || me.pledge.status === "withdrawn";
  const open = isOpen(action) && (action.takes_pledges || action.waits_for !== null);
  if (open && !isOver(action, now) && never && !me.alreadyDid && !action.coins) list.push({ kind: "already_did" });
  return list;
}

/** What `address` may send about a cause as a whole. `everPledged`: whether anybody ever did; `pledged`: whether this person has. */
export function causeOffers(cause: Cause, address: string, everPledged: boolean, now: number, pledged = false, person: Person | null = null): CauseOffer[] {
  const list: CauseOffer[] = choosing(cause, person, now);
  const over = cause.fund_until !== null && now >= cause.fund_until;
  if (pledged) list.push({ kind: "say" });
  if (pledged && cause.registry.some((entry) => entry.person !== address)) list.push({ kind: "rate" });
  if (cause.fund_to !== null && !over && !cause.cancelled) list.push({ kind: "support" });
  if (over && isWorth(cause.fund)) list.push({ kind: "sweep_fund" });
  if (cause.creator !== address) return list;
  if (isWorth(cause.fund) && !over) list.push({ kind: "spend_fund", fund: cause.fund });
  if (mayCancel(cause, everPledged, now)) list.push({ kind: "cancel_cause" });
  return list;
}

/** What a member may say in the choice between alternatives. */
function choosing(cause: Cause, person: Person | null, now: number): CauseOffer[] {
  const choice = cause.deliberation;
  if (!choice || !person || cause.cancelled || now >= choice.score_until) return [];
  const isOne = (id: number): boolean => choice.alternatives.some(({ action }) => action === id);
  if (!person.pledges.some((pledge) => isOne(pledge.action) && stands(pledge))) return [];
  if (choice.propose_until === null || now >= choice.propose_until) return [{ kind: "score" }];
  if (choice.places_left === 0) return [];
  const seconds = (n: number): boolean => person.seconded.some((s) => s.cause === cause.id && s.proposal === n);
  const open = choice.proposals.filter((p) => p.action === null && p.person !== person.address && !seconds(p.proposal));
  return [...(open.length > 0 ? [{ kind: "second" as const, open }] : []), { kind: "propose" }];
}

/** Whether somebody stands who could come to a refund bonus. */
const mayComeToBonus = ({ bonus }: Action): boolean => !!bonus && bonus.eligible > 0 && BigInt(bonus.fund) > 0n;

function mayCancel(cause: Cause, everPledged: boolean, now: number): boolean {
  if (cause.cancelled || cause.actions.some((action) => action.active || action.phase === "confirming")) return false;
  if (!cause.actions.some((action) => isOpen(action) && !isOver(action, now))) return false;
  // Nobody cancels for the bonus.
  if (cause.actions.some((action) => isOpen(action) && mayComeToBonus(action))) return false;
  switch (cause.cancel) {
    case "never":
      return false;
    case "until_first_pledge":
      return !everPledged;
    case "until_lock":
      // Past the lock, or the close where there is none, an action isn't pledging any more.
      return cause.actions.every((action) => action.phase === "pledging" && !isOver(action, now));
  }
}
