// What the chain and the contract refuse, in sentences. Raw logs are never shown.
import { Refusal } from "./api.js";
import { UNKNOWN, sentence as plainly } from "./errors.js";

/** The contract's refusal: its stable code and what it says of found and allowed. */
export interface Refused {
  code: string;
  detail: string;
}

/** What ends with a colon goes on with what was found and what is possible. */
type Say = string | ((detail: string) => string);

const PHASES: Record<string, string> = {
  pledging: "still open for pledges",
  locked: "locked: the close is near, and nobody may leave any more",
  acting: "in its time to act",
  reporting: "in its time to report",
  settled: "over",
  failed: "closed without enough people",
  cancelled: "cancelled",
  dropped: "dropped: another alternative was chosen",
};

const DONE: Record<string, string> = {
  "'already did it'": "You are among those who had done it before already.",
  "check-in": "You checked in before.",
  confirmation: "You confirmed before: that is final.",
  claim: "It was claimed before.",
  settle: "It was settled before: the totals are fixed.",
};

const found = (detail: string, pattern: RegExp): string => pattern.exec(detail)?.[1] ?? "";

/** By the code before the colon, as in schema/src/causes/error.rs. */
const CONTRACT: Record<string, Say> = {
  corrupt_record: "The contract can't read a record of its own. Tell whoever runs this site.",
  unauthorized: "This address may not do that. It takes another person's part.",
  unexpected_coins: "No coins may be sent with this.",
  wrong_coins: "Not exactly the stake was sent with the pledge. Reload the page and try again.",
  unknown_cause: "There is no such cause.",
  unknown_action: "There is no such action.",
  bundled: (detail) =>
    /each by itself/.test(detail) ? "These actions are pledged each by itself." : "These actions are pledged only all together.",
  empty_place: "There is no such action yet: the number is kept for a proposal.",
  unknown_proposal: "There is no such proposal.",
  not_deliberating: "That can't be done with the alternatives now:",
  not_member: "Only members may do that: whoever has a pledge that stands on one of the alternatives.",
  already_seconded: "You second it already.",
  no_pledge: "There is no pledge of this person here.",
  already_pledged: "You have a pledge here already. To change its threshold, withdraw it and pledge again.",
  already_done: (detail) => DONE[found(detail, /second (.+?) by/)] ?? "That was done before; once is enough.",
  wrong_phase: (detail) => {
    const phase = PHASES[found(detail, / is (\w+),/)];
    return phase ? `Too early or too late: the action is ${phase}.` : "The action's phase doesn't allow this now.";
  },
  bad_message: "The contract can't read this message. Reload the page: it may be older than the contract.",
  bad_requirement: "What an action requires can't be:",
  not_ready: "They can't bind together yet:",
  no_counterpart: "It takes no pledges yet: its counterpart hasn't started the action that requires it.",
  bad_signature: "What was signed doesn't fit its key, this chain or this contract. Sign it anew.",
  expired: (detail) => `What was signed holds no longer, or for too long: ${plain(detail)}. Sign it anew.`,
  stale_sequence: "It was sent before, or something signed later came first.",
  full: "All places are taken. One is free when somebody leaves.",
  beyond_max: "So many can't be in here:",
  not_admitted: "The gate of this action doesn't let this wallet in:",
  bad_credential: "An attestation doesn't hold here:",
  same_person: "This person is in already, from another wallet. Each person pledges once here.",
  bad_answer: "The people contract gave an answer that can't be read. Leaving isn't affected.",
  bound: "Your pledge is bound by now: enough others joined. It can't be withdrawn any more.",
  not_bound: "Only a bound pledge can be reported on, and this one isn't bound.",
  no_question: "The verdict contract has no such question:",
  challenge_pending: "This check-in was challenged, and nothing is paid before the answer:",
  not_judged_so: "This action is judged in another way:",
  wrong_unit: "This action counts something else than that message is about.",
  off_grid: (detail) => `That number isn't possible; next to it are ${found(detail, /it are (.+)$/)}.`,
  text_length: "A text is too long or too short:",
  text_form: "A text isn't in its form:",
  out_of_range: "A number is outside its range:",
  contradiction: "Two entries contradict one another:",
  duplicate: "Something was given twice:",
  bad_address: "That isn't an address of this chain:",
  role_conflict: "One address can't have both parts:",
  not_cancellable: (detail) => `The cause can't be cancelled: it ${found(detail, /cause \d+ (.+?), allowed/) || "is too late"}.`,
  not_a_pledger: "Only somebody with a pledge on this cause can do that, or be named as who brought you.",
  no_words: "This person has no words there now.",
  fund_closed: "That can't be done with the campaign fund now:",
  nothing_due: "There is nothing to pay.",
  not_enough: "There isn't that much:",
  overflow: "A number is too large.",
  bad_migration: "The contract can't be changed this way.",
};

const plain = (detail: string): string => detail.replace(/_/g, " ").replace(/, allowed (is|are) /, "; possible $1 ");

const CODES = new RegExp(`(?:^|[\\s:])(${Object.keys(CONTRACT).join("|")}): (.*)`, "s");

/** The contract's own refusal inside what the chain said. */
export function refusedBy(raw: string): Refused | null {
  const match = CODES.exec(raw);
  if (!match) return null;
  const detail = (match[2] as string).split(/: execute wasm contract failed|: instantiate wasm| \[[\w.-]+\//)[0] as string;
  return { code: match[1] as string, detail: detail.trim() };
}

/** By what the chain's own modules say. */
const CHAIN: [RegExp, string][] = [
  [/insufficient fee/, "The fee was too low for this chain. Try again."],
  [/insufficient funds|spendable balance/, "You don't have enough coins for this and its fee."],
  [/out of gas/, "It ran out of gas, because others changed the action meanwhile. Try again."],
  [
    /account sequence mismatch|incorrect account sequence/,
    "Another transaction of yours was on its way. Wait a moment and try again.",
  ],
  [/account .* (not found|does not exist)|unknown address/, "This address has no coins on this chain yet. Get some first."],
  [/signature verification failed/, "The chain did not accept the wallet's signature. Is the wallet on the same chain?"],
  [/mempool is full/, "The chain is very busy. Try again in a minute."],
  [/tx too large|too large/, "It is too large for one transaction. Send less at once."],
  [/timeout|timed out/, "The chain didn't answer in time. Try again."],
];

/** What the chain said, as a sentence. */
export function sentenceOf(raw: string): string {
  const refused = refusedBy(raw);
  if (refused) {
    const say = CONTRACT[refused.code] as Say;
    if (typeof say !== "string") return say(refused.detail);
    return say.endsWith(":") ? `${say} ${plain(refused.detail)}.` : say;
  }
  const known = CHAIN.find(([pattern]) => pattern.test(raw));
  return known ? known[1] : UNKNOWN;
}

/** Any error, as a sentence for people. */
export const sentence = (error: unknown): string => plainly(error, sentenceOf);

/** Why it went wrong, for whoever looks into the browser's console. */
export const contractRefusal = (error: unknown): Refused | null =>
  error instanceof Refusal && error.raw !== null ? refusedBy(error.raw) : null;
