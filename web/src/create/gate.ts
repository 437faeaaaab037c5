// Who may pledge a new action, and how many: from entries to the message. Pure.
import { address } from "../bech32.js";
import { number, people } from "../words.js";
import * as check from "./check.js";
import * as limits from "./limits.js";

type Issuer = { secp256k1: string } | { ed25519: string };

export interface IssuedClaim {
  issuer: Issuer;
  claim: string;
}

/** As `create_cause` takes it. */
export interface Gate {
  people?: string;
  attested?: { one_person: IssuedClaim; also?: IssuedClaim[]; scope?: string };
  only?: "person" | "organisation";
  communities?: number[];
  list?: string[];
  least_kept?: number;
}

export interface Gated {
  max?: number;
  gate?: Gate;
}

/** What of an action decides whether a cap is safe. */
export interface Rest {
  goal: number;
  /** How few people may reach it. */
  people: number;
  lock: number;
  staked: boolean;
  /** Whether people may leave before they are bound. */
  leaves: boolean;
  closes: boolean;
  /** Whether it has a confirm window. */
  confirms: boolean;
}

interface Around {
  prefix: string;
  taken: check.Taken;
}

type Errors = Record<string, string>;

const words = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);
const lines = (typed: string): string[] => typed.split("\n").map((one) => one.trim()).filter(Boolean);

/** "resident:NL-NH 02ab…": the key's length says of which kind it is. */
function claimOf(line: string): IssuedClaim | null {
  const match = /^(.*\S)\s+([0-9a-f]+)$/i.exec(line);
  if (!match) return null;
  const [claim, key] = [match[1] as string, (match[2] as string).toLowerCase()];
  if (/^0[23]/.test(key) && key.length === 66) return { claim, issuer: { secp256k1: key } };
  return key.length === 64 ? { claim, issuer: { ed25519: key } } : null;
}

function readClaims(entries: Record<string, string>, errors: Errors): Gate["attested"] {
  const typed = lines(entries.gate_claims ?? "");
  const scope = (entries.gate_scope ?? "").trim();
  if (typed.length === 0) {
    if (scope) errors.gate_scope = "Name a claim and its issuer above, or leave this empty.";
    return undefined;
  }
  const claims = typed.map(claimOf);
  const [first, ...also] = claims as IssuedClaim[];
  const wrong = typed.find((_, i) => claims[i] === null);
  if (wrong !== undefined) errors.gate_claims = `“${wrong}” must be a claim, a space and the issuer's key: 66 hexadecimal digits that begin with 02 or 03, or 64.`;
  else if (claims.length > limits.MAX_ALSO + 1) errors.gate_claims = `At most ${limits.MAX_ALSO + 1}; there are ${claims.length}.`;
  else if (new Set(typed.map((one) => one.toLowerCase())).size < typed.length) errors.gate_claims = "Each once.";
  else {
    const long = claims.map((one) => check.line(one?.claim ?? "", limits.MAX_CLAIM)).find((one) => one !== null);
    if (long) errors.gate_claims = long;
  }
  const bad = scope ? check.line(scope, limits.MAX_SCOPE) : null;
  if (bad) errors.gate_scope = bad;
  else if (scope.startsWith("action:")) errors.gate_scope = "A name of its own; empty means this action alone.";
  if (errors.gate_claims || !first) return undefined;
  return { one_person: first, ...(also.length && { also }), ...(scope && { scope }) };
}

function readList(entries: Record<string, string>, goal: number, around: Around, errors: Errors): string[] {
  const typed = words(entries.gate_list ?? "");
  const list = typed.map((one) => address(one, around.prefix) ?? one);
  const odd = typed.find((one) => address(one, around.prefix) === null);
  if (odd !== undefined) errors.gate_list = `“${odd}” isn't an address of this chain.`;
  else if (list.length > limits.MAX_LIST) errors.gate_list = `At most ${limits.MAX_LIST}; there are ${list.length}.`;
  else if (new Set(list).size < list.length) errors.gate_list = "Each once.";
  else if (list.length > 0 && list.length < goal) errors.gate_list = `Fewer than the goal of ${number(goal)}: it could never come about.`;
  return list;
}

function readCommunities(entries: Record<string, string>, errors: Errors): number[] {
  const typed = words(entries.gate_communities ?? "");
  if (!typed.every((one) => /^[1-9]\d{0,14}$/.test(one))) errors.gate_communities = "Numbers of communities, such as 3, 7.";
  else if (typed.length > limits.MAX_COMMUNITIES) errors.gate_communities = `At most ${limits.MAX_COMMUNITIES}; there are ${typed.length}.`;
  else if (new Set(typed).size < typed.length) errors.gate_communities = "Each once.";
  return typed.map(Number);
}

export function readGate(
  entries: Record<string, string>,
  rest: Rest,
  around: Around,
): { gated: Gated; errors: Errors } {
  const errors: Errors = {};
  const gate: Gate = {};
  const attested = readClaims(entries, errors);
  if (attested) gate.attested = attested;
  const list = readList(entries, rest.people, around, errors);
  if (list.length > 0) gate.list = list;
  const communities = readCommunities(entries, errors);
  if (communities.length > 0) gate.communities = communities;
  const only = entries.gate_only;
  if (only === "person" || only === "organisation") gate.only = only;
  const least = (entries.gate_least_kept ?? "").trim();
  if (least) {
    const kept = check.whole(least);
    const wrong = check.range(kept, 1, limits.MAX_LEAST_KEPT);
    if (wrong) errors.gate_least_kept = wrong;
    gate.least_kept = kept ?? 0;
  }
  readPeople(entries, gate, around, errors);
  const gated: Gated = Object.keys(gate).length > 0 ? { gate } : {};
  const max = (entries.max ?? "").trim();
  if (max) {
    gated.max = check.whole(max) ?? 0;
    const wrong = capWrong(gated, rest);
    if (wrong) errors.max = wrong;
  }
  return { gated, errors };
}

function readPeople(entries: Record<string, string>, gate: Gate, around: Around, errors: Errors): void {
  const typed = (entries.gate_people ?? "").trim();
  const asked = gate.only !== undefined || gate.communities !== undefined;
  if (!typed) {
    if (asked) errors.gate_people = "Name the contract that keeps registrations and communities.";
    return;
  }
  const contract = address(typed, around.prefix);
  if (contract === null) errors.gate_people = "This isn't an address of this chain.";
  else if (contract === around.taken.contract) errors.gate_people = "Another contract than this one.";
  else if (!asked && !gate.attested) errors.gate_people = "Nothing here asks it anything. Leave it empty.";
  gate.people = contract ?? typed;
}

/** A cap mustn't be filled for nothing, nor left in the last second. */
function capWrong(gated: Gated, rest: Rest): string | null {
  const wrong = check.range(gated.max || null, rest.goal, limits.MAX_GOAL);
  if (wrong) return wrong;
  if (!gated.gate && !rest.staked) return "Only with a condition on who may pledge, or with a stake: otherwise somebody fills it with empty wallets.";
  if (!gated.gate && rest.confirms) return "With a time to confirm, only with a condition on who may pledge: whoever stays silent then has the stake back.";
  if (!rest.leaves) return null;
  if (!rest.closes) return "It needs a close, and a lock before it.";
  return rest.lock > 0 ? null : "It needs a lock before the close, a day on most chains: otherwise somebody fills it and leaves in the last second.";
}

const keyOf = (issuer: Issuer): string => ("secp256k1" in issuer ? issuer.secp256k1 : issuer.ed25519);

/** For the review; empty where everybody may. */
export function gateFacts({ max, gate }: Gated, counted: (count: number) => string = people): [string, string][] {
  const facts: [string, string][] = [];
  if (max !== undefined) facts.push(["Places", `at most ${counted(max)} at once`]);
  const who = (text: string) => facts.push(["Who may pledge", text]);
  if (gate?.list) who(gate.list.length === 1 ? `${gate.list[0]} alone` : `these ${number(gate.list.length)}: ${gate.list.join(", ")}`);
  if (gate?.only) who(`${gate.only === "person" ? "persons" : "organisations"} registered in ${gate.people}`);
  if (gate?.communities) who(`members of all of ${gate.communities.join(", ")} in ${gate.people}`);
  if (gate?.least_kept) who(`whoever has kept ${number(gate.least_kept)} pledges at least`);
  if (gate?.attested) {
    const { one_person, also = [], scope } = gate.attested;
    const claims = [one_person, ...also].map((one) => `“${one.claim}”, signed by ${keyOf(one.issuer)}`);
    who(`whoever brings attestations of ${claims.join(" and ")}, made out for ${scope ? `“${scope}”` : "this action"}; one pledge for each person whom the first issuer tells apart`);
  }
  return facts;
}
