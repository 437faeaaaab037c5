// Who judges a new action: challenged check-ins, and whether it succeeded as a whole. Pure.
import { address } from "../bech32.js";
import { duration, number, short } from "../words.js";
import * as check from "./check.js";
import { depositWords } from "./deposit.js";
import * as limits from "./limits.js";

export type Electorate = { pledgers: object } | { community: { id: number } } | { jury: { size: number; community: number } };

export interface Judge {
  verdict: string;
  electorate: Electorate;
}

export interface OutcomeTerms {
  by: { vote: Judge } | { attested: { attestors: string[]; quorum: number } } | { of: { own: number } | { action: number } };
  judge_window?: number;
  deposit?: { denom: string; amount: string };
}

export interface Judged {
  outcome?: OutcomeTerms;
}

export type Challengeable = { challengeable: { window: number; judge: Judge } };

type Entries = Record<string, string>;
type Note = (name: string, wrong: string | null) => unknown;

interface Around {
  prefix: string;
  taken: check.Taken;
}

/** What of an action decides what may be judged. */
interface Rest {
  staked: "none" | "optional" | "required";
  forfeits_to: string | undefined;
  requires: readonly ({ own: number } | { action: number })[];
}

const words = (typed: string): string[] => typed.split(/[\s,]+/).filter(Boolean);

function seconds(entries: Entries, name: string): number | null {
  const count = check.whole(entries[name] ?? "");
  const unit = check.whole(entries[`${name}_unit`] ?? "1");
  return count === null || unit === null ? null : count * unit;
}

/** `part`: what the names of its inputs begin with. */
function readJudge(entries: Entries, part: string, around: Around, note: Note): Judge {
  const typed = (entries[`${part}_verdict`] ?? "").trim();
  const contract = address(typed, around.prefix);
  note(`${part}_verdict`, contract === null ? "This isn't an address of this chain." : contract === around.taken.contract ? "Another contract than this one." : null);
  const verdict = contract ?? typed;
  const kind = entries[`${part}_electorate`];
  if (kind === "pledgers") return { verdict, electorate: { pledgers: {} } };
  const community = check.whole(entries[`${part}_community`] ?? "");
  note(`${part}_community`, community ? null : "The number of a community.");
  if (kind === "community") return { verdict, electorate: { community: { id: community ?? 0 } } };
  const size = check.whole(entries[`${part}_jury`] ?? "");
  note(`${part}_jury`, check.range(size, limits.MIN_JURY, limits.MAX_JURY));
  return { verdict, electorate: { jury: { size: size ?? 0, community: community ?? 0 } } };
}

export function readChallengeable(entries: Entries, rest: Pick<Rest, "staked">, around: Around, note: Note): Challengeable {
  const window = seconds(entries, "challenge_window");
  note("challenge_window", check.span(window, 1));
  if (rest.staked !== "required") {
    note("stake_rule", "With challenges everybody gives a stake: out of the one that falls the challenge is paid.");
  }
  return { challengeable: { window: window ?? 0, judge: readJudge(entries, "challenge", around, note) } };
}

function readAttestors(entries: Entries, around: Around, note: Note): { attestors: string[]; quorum: number } {
  const typed = words(entries.outcome_attestors ?? "");
  const list = typed.map((one) => address(one, around.prefix) ?? one);
  note("outcome_attestors", check.attestors(typed, around.prefix, around.taken));
  const heir = entries.stake_rule !== "none" && entries.forfeits_to === "address" ? address(entries.forfeits_address ?? "", around.prefix) : null;
  if (heir !== null && list.includes(heir)) note("outcome_attestors", "Whoever gets what is forfeited can't decide about it.");
  const quorum = check.whole(entries.outcome_quorum ?? "");
  note("outcome_quorum", check.quorum(quorum, typed.length));
  return { attestors: list, quorum: quorum ?? 0 };
}

function readOf(entries: Entries, rest: Rest, note: Note): { own: number } | { action: number } {
  const n = check.whole(entries.outcome_of ?? "");
  const own = entries.outcome_of_where !== "other";
  const of = own ? { own: (n ?? 0) - 1 } : { action: n ?? 0 };
  const required = rest.requires.some((one) => JSON.stringify(one) === JSON.stringify(of));
  note("outcome_of", !n ? "The number of an action." : required ? null : "Only of an action that this one requires: name it below, under “Only together with others”.");
  return of;
}

export function readOutcome(entries: Entries, rest: Rest, around: Around, note: Note): Judged {
  const kind = entries.outcome;
  const collective = entries.fulfilment === "collective";
  if (kind !== "vote" && kind !== "attested" && kind !== "of") {
    if (collective) note("outcome", "Nobody is judged singly, so somebody must say whether it succeeded as a whole.");
    return {};
  }
  if (collective && rest.staked !== "none" && rest.forfeits_to !== "address") {
    note("forfeits_to", "Where all stakes fall together they go to an address: otherwise people are paid for failing.");
  }
  if (kind === "of") return { outcome: { by: { of: readOf(entries, rest, note) } } };
  const window = seconds(entries, "judge_window");
  note("judge_window", check.span(window, 1));
  const judge_window = window ?? 0;
  if (kind === "attested") return { outcome: { by: { attested: readAttestors(entries, around, note) }, judge_window } };
  const judge = readJudge(entries, "outcome", around, note);
  if (collective && rest.staked !== "none" && "pledgers" in judge.electorate) {
    note("outcome_electorate", "Those who staked can't judge their own stakes: a jury, a community or attestors can.");
  }
  return { outcome: { by: { vote: judge }, judge_window } };
}

function asked({ verdict, electorate }: Judge): string {
  const who =
    "pledgers" in electorate
      ? "all who were bound"
      : "community" in electorate
        ? `the members of community ${electorate.community.id}`
        : `a jury of ${number(electorate.jury.size)} from community ${electorate.jury.community}`;
  return `${who}, asked at ${verdict}`;
}

export const challengeWords = ({ challengeable: { window, judge } }: Challengeable): string =>
  `each person's own check-in counts, unless it is challenged within ${duration(window)} after the reports and these say no: ${asked(judge)}`;

/** For the review; empty where nothing is judged as a whole. */
export function outcomeFacts({ outcome }: Judged): [string, string][] {
  if (!outcome) return [];
  const { by, judge_window } = outcome;
  const within = judge_window === undefined ? "" : `within ${duration(judge_window)} after the reports`;
  const text =
    "vote" in by
      ? `${asked(by.vote)}, ${within}; without a final answer 90 days later it stays unresolved`
      : "attested" in by
        ? `${number(by.attested.quorum)} of ${number(by.attested.attestors.length)} attestors who agree ${within}: ${by.attested.attestors.map(short).join(", ")}`
        : "own" in by.of
          ? `the answer about action ${by.of.own + 1} of this cause`
          : `the answer about action number ${by.of.action}`;
  return [["Did it succeed", text], ...(outcome.deposit ? [["Deposit", depositWords(outcome.deposit)] as [string, string]] : [])];
}
