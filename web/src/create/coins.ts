// A new action that counts coins: from entries to the message. Pure.
import { address } from "../bech32.js";
import { parseAmount, showCoin } from "../coins.js";
import type { Document } from "../types.js";
import * as check from "./check.js";
import { percent, typedDocument } from "./document.js";
import type { Judged } from "./judged.js";
import * as limits from "./limits.js";

/** As `create_cause` takes it. */
export interface CoinTerms {
  denom: string;
  min: string;
  beneficiary: string;
  release?: Release;
  document?: Document;
}

/** As soon as it binds, where it is left out. */
export type Release = { on_success: object } | { tranches: { parts: number[] } };

/** What a person makes of the amounts: units of the least one. */
export interface Purpose {
  terms: CoinTerms;
  goal: number;
  max: number | null;
}

type Entries = Record<string, string>;
type Errors = Record<string, string>;

interface Around {
  prefix: string;
  taken: check.Taken;
}

/** Whether the form's action counts coins. */
export const countsCoins = (entries: Entries): boolean => entries.unit === "coins";

/** A sum in units of the least amount, or what is wrong with it. */
function typedUnits(typed: string, denom: string, min: bigint): number | string {
  const sum = parseAmount(typed, denom);
  if (typeof sum === "string") return sum;
  if (min === 0n || sum === 0n || sum % min !== 0n) return "A multiple of the least amount.";
  const most = BigInt(limits.MAX_GOAL);
  return sum / min > most ? `At most ${showCoin({ denom, amount: String(min * most) })}.` : Number(sum / min);
}

/** "30, 30.5, 39.5" in hundredths of a percent. */
function readParts(typed: string, errors: Errors): number[] {
  const parts = typed.split(/[\s,;]+/).filter(Boolean).map((one) => {
    const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(one);
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
  });
  if (parts.length < 2 || parts.length > limits.MAX_TRANCHES || parts.some((part) => part === 0)) {
    errors.coins_parts = `2 to ${limits.MAX_TRANCHES} percentages, each above 0.`;
  } else if (parts.reduce((sum, part) => sum + part, 0) !== 10_000) errors.coins_parts = "Together they must make 100.";
  return parts;
}

function readRelease(entries: Entries, errors: Errors): Release | null {
  if (entries.coins_release === "on_success") return { on_success: {} };
  return entries.coins_release === "tranches" ? { tranches: { parts: readParts(entries.coins_parts ?? "", errors) } } : null;
}

/** What is wrong with who answers about the coins, by the names of the inputs. */
export function answerWrong({ release, beneficiary, document }: CoinTerms, { outcome }: Judged): Errors {
  if (!outcome) return { outcome: "Somebody must say whether it succeeded: on that the coins wait." };
  const { by } = outcome;
  if (release && "tranches" in release) {
    if (!("vote" in by)) return { outcome: "Only a vote: each part has a question of its own." };
    if ("pledgers" in by.vote.electorate) return { outcome_electorate: "A jury or a community: those who gave can't judge the parts." };
  }
  const paid = [beneficiary, document?.recipient];
  return "attested" in by && by.attested.attestors.some((one) => paid.includes(one)) ? { outcome_attestors: "Whoever gets the coins can't attest it." } : {};
}

function readDocument(entries: Entries, beneficiary: string | null, around: Around, errors: Errors): Document | null {
  const document = typedDocument(entries, "document", errors);
  if (!document) return null;
  const { recipient } = document;
  const bad = check.heir(recipient, around.prefix, around.taken.contract);
  const to = address(recipient, around.prefix);
  if (bad) errors.document_recipient = bad;
  else if (to === beneficiary) errors.document_recipient = "Somebody else than whoever gets the coins.";
  return { ...document, recipient: to ?? recipient };
}

/** What it is for, with complaints by the names of the inputs. */
export function readPurpose(entries: Entries, around: Around): { purpose: Purpose; errors: Errors } {
  const errors: Errors = {};
  const denom = entries.coins_denom ?? "";
  const typed = parseAmount(entries.coins_min ?? "", denom);
  const min = typeof typed === "string" ? 0n : typed;
  if (typeof typed === "string") errors.coins_min = typed;
  else if (min === 0n) errors.coins_min = "More than nothing.";
  else if (min > limits.MAX_STAKE) errors.coins_min = "That is more than the contract can count.";
  // Without a least amount nothing can be said of its multiples.
  const goal = errors.coins_min ? 0 : typedUnits(entries.coins_goal ?? "", denom, min);
  if (typeof goal === "string") errors.coins_goal = goal;
  let max: number | null = null;
  if (!errors.coins_min && (entries.coins_max ?? "").trim()) {
    const most = typedUnits(entries.coins_max ?? "", denom, min);
    if (typeof most === "string") errors.coins_max = most;
    else if (typeof goal === "number" && most < goal) errors.coins_max = "Not less than the goal.";
    max = typeof most === "string" ? 0 : most;
  }
  const to = (entries.beneficiary ?? "").trim();
  const bad = check.heir(to, around.prefix, around.taken.contract);
  if (bad) errors.beneficiary = bad;
  const beneficiary = address(to, around.prefix);
  const document = readDocument(entries, beneficiary, around, errors);
  const release = readRelease(entries, errors);
  const terms: CoinTerms = { denom, min: String(min), beneficiary: beneficiary ?? to, ...(release && { release }), ...(document && { document }) };
  return { purpose: { terms, goal: typeof goal === "string" ? 0 : goal, max }, errors };
}

/** So many units, as people read it. */
export const unitsOf = (terms: CoinTerms, units: number): string =>
  showCoin({ denom: terms.denom, amount: String(BigInt(terms.min) * BigInt(units)) });

function whenPaid(release: Release | undefined): string {
  if (!release) return "once it is bound and somebody sends the release";
  if ("on_success" in release) return "once the answer is yes; else everything goes back";
  return `in parts of ${release.tranches.parts.map(percent).join(", ")}, each once a verdict says yes about it; of one about which it doesn't, it and the later ones go back`;
}

/** For the review. */
export function purposeFacts(terms: CoinTerms): [string, string][] {
  const facts: [string, string][] = [
    ["Each gives", `${unitsOf(terms, 1)}, or a multiple of it`],
    ["Goes to", `${terms.beneficiary}, ${whenPaid(terms.release)}`],
  ];
  const { document } = terms;
  if (document) {
    facts.push([`By ${document.uri}`, `${percent(document.bps)} of what is released, to ${document.recipient}; SHA-256 ${document.sha256}`]);
  }
  return facts;
}
