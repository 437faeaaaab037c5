// From the form's entries to the message, with what is wrong said per entry. Pure: it sees entries,
// not elements.
import { address } from "../bech32.js";
import { parseAmount } from "../coins.js";
import { unix } from "../time.js";
import type { Document } from "../types.js";
import { type BonusTerms, readBonus } from "./bonus.js";
import * as check from "./check.js";
import { type Choosing, readChoice } from "./choice.js";
import { type CoinTerms, type Purpose, answerWrong, countsCoins, readPurpose } from "./coins.js";
import { withDeposit } from "./deposit.js";
import { type Gated, type Rest, readGate } from "./gate.js";
import { type Challengeable, type Judged, readChallengeable, readOutcome } from "./judged.js";
import * as limits from "./limits.js";
import { readSaving } from "./saving.js";
import { type Together, readTogether } from "./together.js";

/** What was typed or chosen, by the names of the inputs. */
export type Entries = Record<string, string>;

/** What `create_cause` takes. The whole is in schema/json/causes.json. */
export interface NewAction extends Together, Gated, Judged {
  label: string;
  description: string;
  /** People, where it is left out. */
  unit?: { coins: CoinTerms };
  goal: number;
  schedule:
    | { at_close: { pledge_until: number } }
    | { at_trigger: { hold: number; pledge_until: number | null } }
    | { rolling: { pledge_until: number } };
  lock: number;
  confirm_window?: number;
  act_window: number;
  report_window: number;
  stake?: { rule: "optional" | "required"; coin: { denom: string; amount: string } };
  bonus?: BonusTerms;
  fulfilment: { honor: object } | { collective: object } | { attested: { attestors: string[]; quorum: number } } | Challengeable;
  forfeits_to?: { cooperators: object } | { everybody: object } | { address: { address: string } };
  saving?: Document;
}

export interface NewCause extends Choosing {
  title: string;
  summary: string;
  language: string;
  text: string;
  place?: { label: string; country: string };
  tags?: string[];
  harm_note?: string;
  relation?: Partial<Record<"follows" | "fork_of" | "counter_to", { cause: number }>>;
  fund_to?: string;
  bundle?: true;
  cancel: string;
  actions: NewAction[];
}

/** Sentences by the names of the inputs; empty where everything is right. */
export type Errors = Record<string, string>;

export interface Around {
  prefix: string;
  taken: check.Taken;
  /** Unix seconds. */
  now: number;
  /** How many actions the form has. */
  count: number;
}

class Complaints {
  readonly errors: Errors = {};

  /** Notes what is wrong with an input; true where nothing is. */
  note(name: string, wrong: string | null): boolean {
    if (wrong !== null) this.errors[name] ??= wrong;
    return wrong === null;
  }
}

// The chain trims it from events, and what nobody can see again can't be hashed.
const trimmed = (entries: Entries, name: string): string => (entries[name] ?? "").trim().replace(/\r\n?/g, "\n");

const words = (typed: string): string[] => typed.split(/[\s,]+/).filter(Boolean);

/** Everything of a cause but its actions. */
export function readCause(entries: Entries, around: Pick<Around, "prefix" | "taken"> & Partial<Pick<Around, "now" | "count">>): { cause: Omit<NewCause, "actions">; errors: Errors } {
  const all = new Complaints();
  const cause: Omit<NewCause, "actions"> = {
    title: trimmed(entries, "title"),
    summary: trimmed(entries, "summary"),
    language: trimmed(entries, "language"),
    text: trimmed(entries, "text"),
    cancel: entries.cancel ?? "never",
  };
  all.note("title", check.line(cause.title, limits.MAX_TITLE));
  all.note("summary", check.text(cause.summary, limits.MAX_SUMMARY));
  all.note("language", check.language(cause.language));
  all.note("text", check.text(cause.text, limits.MAX_TEXT));
  const label = trimmed(entries, "place_label");
  const country = trimmed(entries, "place_country").toUpperCase();
  if (label || country) {
    all.note("place_label", check.line(label, limits.MAX_PLACE_LABEL));
    all.note("place_country", check.country(country));
    cause.place = { label, country };
  }
  const tags = words(trimmed(entries, "tags"));
  all.note("tags", check.tags(tags));
  if (tags.length) cause.tags = tags;
  const harm = trimmed(entries, "harm_note");
  all.note("harm_note", check.text(harm, limits.MAX_HARM_NOTE, 0));
  if (harm) cause.harm_note = harm;
  const kind = entries.relation;
  if (kind === "follows" || kind === "fork_of" || kind === "counter_to") {
    const earlier = check.whole(entries.relation_cause ?? "");
    all.note("relation_cause", earlier ? null : "The number of a cause, as its page's address shows it.");
    cause.relation = { [kind]: { cause: earlier ?? 0 } };
  }
  const heir = trimmed(entries, "fund_to");
  if (heir) {
    all.note("fund_to", check.heir(heir, around.prefix, around.taken.contract));
    cause.fund_to = address(heir, around.prefix) ?? heir;
  }
  if (entries.bundle === "on") cause.bundle = true;
  const { choosing, errors } = readChoice(entries, around.count ?? 1, around.now ?? 0);
  Object.assign(cause, choosing);
  for (const [name, wrong] of Object.entries(errors)) all.note(name, wrong);
  if (entries.lawful !== "on") all.note("lawful", "Say so before you go on. If it isn't so, don't start it.");
  return { cause, errors: all.errors };
}

/** A number with its unit, in seconds. */
function seconds(entries: Entries, name: string): number | null {
  const count = check.whole(entries[name] ?? "");
  const unit = check.whole(entries[`${name}_unit`] ?? "1");
  return count === null || unit === null ? null : count * unit;
}

function readSchedule(entries: Entries, around: Around, all: Complaints): Pick<NewAction, "schedule" | "lock"> {
  const kind = entries.schedule ?? "at_close";
  const typed = entries.pledge_until ?? "";
  const until = unix(typed);
  const open = kind === "at_trigger" && typed === "";
  if (!open) all.note("pledge_until", check.close(until, around.now));
  const lock = seconds(entries, "lock");
  // A lock that began already would leave nobody a moment to change their mind.
  const longest = Math.min(Math.max((until ?? 0) - around.now - 1, 0), limits.MAX_WINDOW);
  if (!open) all.note("lock", check.span(lock, 0, longest));
  else if (lock !== 0) all.note("lock", "A lock needs a close to be locked before. Set one, or 0 here.");
  const pledge_until = until ?? 0;
  if (kind !== "at_trigger") {
    return { schedule: kind === "rolling" ? { rolling: { pledge_until } } : { at_close: { pledge_until } }, lock: lock ?? 0 };
  }
  const hold = seconds(entries, "hold");
  all.note("hold", check.span(hold, 1));
  return { schedule: { at_trigger: { hold: hold ?? 0, pledge_until: until } }, lock: lock ?? 0 };
}

function readFulfilment(entries: Entries, stake: NewAction["stake"], around: Around, all: Complaints): NewAction["fulfilment"] {
  if (entries.fulfilment === "collective") return { collective: {} };
  if (entries.fulfilment === "challengeable") {
    return readChallengeable(entries, { staked: stake?.rule ?? "none" }, around, (name, wrong) => all.note(name, wrong));
  }
  if (entries.fulfilment !== "attested") return { honor: {} };
  const typed = words(trimmed(entries, "attestors"));
  all.note("attestors", check.attestors(typed, around.prefix, around.taken));
  const quorum = check.whole(entries.quorum ?? "");
  all.note("quorum", check.quorum(quorum, typed.length));
  return { attested: { attestors: typed.map((one) => address(one, around.prefix) ?? one), quorum: quorum ?? 0 } };
}

function readStake(entries: Entries, around: Around, all: Complaints): Pick<NewAction, "stake" | "forfeits_to"> {
  const rule = entries.stake_rule;
  if (rule !== "optional" && rule !== "required") return {};
  const denom = entries.stake_denom ?? "";
  const sum = parseAmount(entries.stake_amount ?? "", denom);
  if (typeof sum === "string") all.note("stake_amount", sum);
  else if (sum === 0n) all.note("stake_amount", "More than nothing, or choose “none” above.");
  else if (sum > limits.MAX_STAKE) all.note("stake_amount", "That is more than the contract can count.");
  const stake = { rule, coin: { denom, amount: String(sum) } } as const;
  switch (entries.forfeits_to) {
    case "address": {
      const typed = trimmed(entries, "forfeits_address");
      const attesting = entries.fulfilment === "attested" ? words(trimmed(entries, "attestors")) : [];
      all.note("forfeits_address", check.forfeitsAddress(typed, attesting, around.prefix, around.taken));
      return { stake, forfeits_to: { address: { address: address(typed, around.prefix) ?? typed } } };
    }
    case "everybody":
      return { stake, forfeits_to: { everybody: {} } };
    default:
      if (entries.fulfilment === "honor") {
        all.note("forfeits_to", "Only where others check: paying people for an unchecked “I did it” pays liars.");
      }
      return { stake, forfeits_to: { cooperators: {} } };
  }
}

/** Why actions can't be pledged only all together, if they can't: the contract's rules. */
export function bundleWrong(actions: readonly NewAction[]): string | null {
  if (actions.length < 2) return "It needs at least two actions.";
  if (actions.some((one) => one.unit !== undefined)) return "Only actions that count people.";
  if (actions.some((one) => one.bonus !== undefined)) return "Not with a refund bonus on one of them.";
  if (actions.some((one) => one.gate !== undefined || one.max !== undefined || one.counterpart !== undefined)) {
    return "Only where everybody may pledge each of them: without conditions on who, without a most, without a counterpart.";
  }
  return actions.some((one) => one.stake?.rule === "optional") ? "Only with stakes that everybody gives, or nobody." : null;
}

/** What one does after being bound, and who says whether one did. A payment is its own deed. */
type Deed = Pick<NewAction, "confirm_window" | "act_window" | "report_window" | "fulfilment" | "outcome" | "stake" | "forfeits_to" | "saving">;

const PAYMENT: Deed = { act_window: 0, report_window: 0, fulfilment: { honor: {} } };

function readWindows(entries: Entries, all: Complaints): Pick<NewAction, "act_window" | "report_window"> {
  const act = seconds(entries, "act_window");
  const report = seconds(entries, "report_window");
  all.note("act_window", check.span(act, 1));
  all.note("report_window", check.span(report, 1));
  return { act_window: act ?? 0, report_window: report ?? 0 };
}

/** Of coins: nothing more, or who answers whether they are released. */
function readPayment(entries: Entries, terms: CoinTerms, requires: NonNullable<Together["requires"]>, around: Around, all: Complaints): Deed {
  if (!terms.release) return PAYMENT;
  // What counting people would need is hidden, and doesn't count.
  const shown = { ...entries, fulfilment: "honor", stake_rule: "none" };
  const rest = { staked: "none", forfeits_to: undefined, requires } as const;
  const judged = readOutcome(shown, rest, around, (name, wrong) => all.note(name, wrong));
  for (const [name, wrong] of Object.entries(answerWrong(terms, judged))) all.note(name, wrong);
  return { ...PAYMENT, ...readWindows(entries, all), ...judged };
}

function readDeed(entries: Entries, requires: NonNullable<Together["requires"]>, around: Around, all: Complaints): Deed {
  const windows = readWindows(entries, all);
  const confirm = seconds(entries, "confirm_window");
  all.note("confirm_window", check.span(confirm, 0));
  if (confirm && entries.schedule === "rolling") {
    all.note("confirm_window", "Not where people join one after the other: whoever came late would have nobody to confirm with.");
  }
  const stake = readStake(entries, around, all);
  const { saving, errors } = readSaving(entries);
  for (const [name, wrong] of Object.entries(errors)) all.note(name, wrong);
  const judgedBy = { staked: stake.stake?.rule ?? "none", forfeits_to: Object.keys(stake.forfeits_to ?? {})[0], requires } as const;
  return {
    ...(confirm ? { confirm_window: confirm } : {}),
    ...windows,
    fulfilment: readFulfilment(entries, stake.stake, around, all),
    ...readOutcome(entries, judgedBy, around, (name, wrong) => all.note(name, wrong)),
    ...stake,
    ...saving,
  };
}

/** Who may pledge, and how many; of coins, how much. */
function readWho(entries: Entries, rest: Omit<Rest, "people">, purpose: Purpose | null, around: Around, all: Complaints): Gated {
  if (purpose === null) {
    const { gated, errors } = readGate(entries, { ...rest, people: rest.goal }, around);
    for (const [name, wrong] of Object.entries(errors)) all.note(name, wrong);
    return gated;
  }
  // One person may reach a goal of coins alone.
  const max = purpose.max === null ? "" : String(purpose.max);
  const { gated, errors } = readGate({ ...entries, max }, { ...rest, people: 1 }, around);
  for (const [name, wrong] of Object.entries(errors)) all.note(name === "max" ? "coins_max" : name, wrong);
  return gated;
}

/** When it closes, if ever. */
const until = (schedule: NewAction["schedule"]): number | null =>
  "at_close" in schedule ? schedule.at_close.pledge_until : "rolling" in schedule ? schedule.rolling.pledge_until : schedule.at_trigger.pledge_until;

/** One action. `place`: which of the form's, from 0. */
export function readAction(entries: Entries, around: Around, place: number): { action: NewAction; errors: Errors } {
  const all = new Complaints();
  const label = trimmed(entries, "label");
  const description = trimmed(entries, "description");
  all.note("label", check.line(label, limits.MAX_LABEL));
  all.note("description", check.text(description, limits.MAX_DESCRIPTION));
  const coins = countsCoins(entries) ? readPurpose(entries, around) : null;
  const others = readTogether(entries, place, around.count, around.prefix, around.taken);
  for (const [name, wrong] of Object.entries({ ...coins?.errors, ...others.errors })) all.note(name, wrong);
  const purpose = coins?.purpose ?? null;
  const goal = purpose ? purpose.goal : (check.whole(entries.goal ?? "") ?? 0);
  if (!purpose) all.note("goal", check.range(check.whole(entries.goal ?? ""), 1, limits.MAX_GOAL));
  const schedule = readSchedule(entries, around, all);
  const requires = others.together.requires ?? [];
  const deed = purpose ? readPayment(entries, purpose.terms, requires, around, all) : readDeed(entries, requires, around, all);
  const rest = {
    goal,
    lock: schedule.lock,
    staked: purpose !== null || deed.stake !== undefined,
    // Whoever is in a rolling action that requires nothing stays in it once it is ready.
    leaves: !("rolling" in schedule.schedule) || Object.keys(others.together).length > 0,
    confirms: (deed.confirm_window ?? 0) > 0,
    closes: !("at_trigger" in schedule.schedule) || schedule.schedule.at_trigger.pledge_until !== null,
  };
  const beside = {
    denom: purpose?.terms.denom ?? deed.stake?.coin.denom ?? null,
    close: until(schedule.schedule),
    lock: schedule.lock,
    elsewhere: others.together.counterpart !== undefined || requires.some((one) => "action" in one),
    confirms: rest.confirms,
  };
  const { bonus, errors: ofBonus } = readBonus(entries, beside, around);
  for (const [name, wrong] of Object.entries(ofBonus)) all.note(name, wrong);
  const action: NewAction = {
    ...others.together,
    ...readWho(entries, rest, purpose, around, all),
    label,
    description,
    ...(purpose && { unit: { coins: purpose.terms } }),
    goal,
    ...schedule,
    ...deed,
    ...bonus,
  };
  return { action: withDeposit(entries, action, (name, wrong) => all.note(name, wrong)), errors: all.errors };
}
