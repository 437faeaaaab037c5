// What is judged by others: who is offered what, and what the form that starts a cause says of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../web/src/bech32.js";
import { setDenoms } from "../../web/src/coins.js";
import { outcomeFacts } from "../../web/src/create/judged.js";
import { type Around, type Entries, readAction } from "../../web/src/create/read.js";
import { type Me, offers } from "../../web/src/offers/which.js";
import { statusWords } from "../../web/src/pages/status.js";
import { attestOutcomeReview, challengeReview } from "../../web/src/review/judging.js";
import { pledgeReview } from "../../web/src/review/pledge.js";
import { returnsOf } from "../../web/src/review/returns.js";
import type { Action, Cause, Judging, Pledge, Verdict } from "../../web/src/types.js";

setDenoms([{ denom: "umust", symbol: "MUST", display: "must", exponent: 6 }]);
const someone = (n: number) => encode("wasm", new Uint8Array(20).fill(n));
const [ME, OTHER] = [someone(1), someone(2)] as [string, string];
const NOW = 1_000;
const jury = { verdict: someone(9), electorate: "jury", community: 7, size: 12 } as const;

const judging = (extra: Partial<Judging> = {}): Judging => ({
  judge_from: 900,
  pays_from: 1_200,
  challenges: null,
  challenge_until: null,
  challenge_window: null,
  outcome_by: null,
  judge: null,
  attestors: [],
  quorum: 0,
  of: null,
  judge_by: null,
  judge_window: null,
  answer_by: null,
  answer_window: null,
  said: [],
  answer: null,
  ...extra,
});
const challenged = judging({ challenges: jury, challenge_until: 1_200, challenge_window: 300 });
const voted = judging({ outcome_by: "vote", judge: jury, judge_by: 1_100, judge_window: 200, answer_by: 9_000, pays_from: 9_000 });
const attested = judging({ outcome_by: "attested", attestors: [ME], quorum: 1, judge_by: 1_100, judge_window: 200, answer_by: 1_100 });

const action = (extra: Partial<Action> = {}): Action => ({
  id: 1,
  label: "Act",
  description: "You act.",
  goal: 3,
  max: null,
  gate: null,
  schedule: { kind: "at_close", pledge_until: 500, hold: null },
  lock: 0,
  bundled: false,
  confirm_window: null,
  confirming: null,
  act_window: 200,
  report_window: 200,
  stake: { denom: "umust", amount: "4000000" },
  stake_required: true,
  fulfilment: "challengeable",
  attestors: [],
  quorum: 0,
  forfeits_to: "address",
  forfeits_address: someone(8),
  pledged: 3,
  committed: 3,
  phase: "judging",
  active: true,
  activated_at: 500,
  act_from: 500,
  report_from: 700,
  settled_from: 9_000,
  next_boundary: 9_000,
  curve: [],
  requires: [],
  waits_for: null,
  takes_pledges: false,
  by_message: false,
  can_activate: false,
  totals_fixed: false,
  totals: null,
  already_did: 0,
  checked_in: 1,
  held: [],
  judging: challenged,
  ...extra,
});

const pledge = (extra: Partial<Pledge> = {}): Pledge => ({
  action: 1,
  cause: 1,
  address: OTHER,
  needs_others: 0,
  status: "bound",
  staked: true,
  stake: { denom: "umust", amount: "4000000" },
  confirmed: false,
  checked_in: true,
  outcome: null,
  claimable: null,
  ...extra,
});
const me = (others: Pledge[] = [], extra: Partial<Me> = {}): Me => ({ address: ME, pledge: null, others, complete: true, ...extra });
const verdict = (extra: Partial<Verdict> = {}): Verdict => ({ phase: "judging", asked: true, answer: null, challenge: null, claimable: null, releases: false, reward: null, ...extra });
const cause = { id: 1, title: "It", fee_bps: 0, view: { chain_id: "c", height: 1, time: NOW } } as Cause;

const collective = { fulfilment: "collective", judging: voted } as const;
const fell = pledge({ challenge: "fell", challenger: ME, status: "broken", claimable: [] });
type Row = [what: string, action: Partial<Action>, me: Me, kinds: string[]];
const table: Row[] = [
  ["anybody may challenge a check-in", {}, me([pledge()]), ["challenge"]],
  ["also while people act", { phase: "acting" }, me([pledge()]), ["challenge"]],
  ["nobody who didn't check in", {}, me([pledge({ checked_in: false })]), []],
  ["nobody twice", {}, me([pledge({ challenge: "pending" })]), []],
  ["not after the window; then totals can be fixed", { judging: { ...challenged, challenge_until: NOW, pays_from: NOW } }, me([pledge()]), ["settle"]],
  ["the challenger sends the claim of a check-in that fell", { totals_fixed: true }, me([fell]), ["claim_for"]],
  ["which pays nobody else", { totals_fixed: true }, me([{ ...fell, challenger: OTHER }]), []],
  ["an attestor of the outcome", { judging: attested, fulfilment: "honor" }, me(), ["attest_outcome"]],
  ["not once it is answered", { judging: { ...attested, answer: "yes" }, fulfilment: "honor", totals_fixed: true }, me(), []],
  ["nor after it could be", { judging: { ...attested, judge_by: NOW }, fulfilment: "honor", totals_fixed: true }, me(), []],
  ["an attestor of the outcome doesn't pledge", { judging: attested, phase: "pledging", active: false, takes_pledges: true, next_boundary: 2_000 }, me(), ["already_did"]],
  ["nobody reports where all stand together", { ...collective, phase: "acting" }, me([], { pledge: pledge({ address: ME, checked_in: false }) }), []],
  ["nor is it settled before the answer", collective, me(), []],
  ["the answer that is found settles it", collective, me([], { verdict: verdict({ answer: "no" }) }), ["settle"]],
  ["what a vote gives without a deposit in it", { ...collective, phase: "settled", totals_fixed: true }, me([], { verdict: verdict({ reward: { denom: "umust", amount: "7" } }) }), ["claim_reward"]],
  ["and isn't stored twice", { ...collective, judging: { ...voted, answer: "no" }, totals_fixed: true, phase: "settled" }, me([], { verdict: verdict({ answer: "no" }) }), []],
  ["stakes judged singly don't wait for the answer", { fulfilment: "honor", judging: { ...voted, pays_from: 900 } }, me(), ["settle"]],
];
for (const [what, extra, who, kinds] of table) {
  test(`offered: ${what}`, () => {
    const found = offers(action(extra), who, NOW).map((offer) => offer.kind);
    assert.deepEqual(found.sort(), kinds);
  });
}

test("how the question stands is told, and what may come back", () => {
  const words = (found: Verdict) => statusWords(action(collective), me([], { verdict: found })).join(" ");
  assert.match(words(verdict()), /was asked\. There is no answer yet/);
  assert.match(words(verdict({ phase: "appealing" })), /can still be appealed/);
  assert.equal(words(verdict({ asked: false })), "");
  const own = me([], { pledge: pledge({ address: ME, challenge: "pending" }) });
  assert.match(statusWords(action(), own).join(" "), /falls only if the final answer is no/);
  const unchallenged = me([], { pledge: pledge({ address: ME }) });
  assert.match(statusWords(action(), unchallenged).join(" "), /unless it falls to a challenge, which anybody may bring until/);
  assert.match(returnsOf(action(collective), 0)?.worst ?? "", /whatever you did/);
  assert.match(returnsOf(action(), 0)?.worst ?? "", /falls to a challenge/);
});

test("reviews say who answers, when, and what it costs", () => {
  const shown = (extra: Partial<Action>) => JSON.stringify(pledgeReview(cause, action({ phase: "pledging", active: false, act_from: null, ...extra }), { needsOthers: 0, staked: true, curve: [] }));
  assert.match(shown({ judging: { ...challenged, challenge_until: null } }), /for 5 minutes after the reports; it falls only if the final answer of a jury of 12, drawn from community 7 is no/);
  assert.match(shown(collective), /a no forfeits all stakes/);
  const review = challengeReview(cause, action(), pledge());
  assert.ok(review.facts.some(([, text]) => text.includes("gets 1 MUST and the jurors' fee")));
  const said = { ...attested, said: [{ attestor: OTHER, answer: "no" as const }], quorum: 2 };
  const word = attestOutcomeReview(cause, action({ judging: said, fulfilment: "collective" }), "no");
  assert.deepEqual(word.facts[0], ["Said the same so far", "1 of the 2 who must agree"]);
  assert.match(JSON.stringify(word.facts), /every stake is forfeited/);
});

const around: Around = { prefix: "wasm", taken: { creator: ME, contract: encode("wasm", new Uint8Array(32)) }, now: NOW, count: 2 };
const VERDICT = someone(9);
const form: Entries = {
  label: "Act",
  description: "You act.",
  goal: "10",
  schedule: "at_trigger",
  pledge_until: "",
  hold: "1",
  hold_unit: "86400",
  lock: "0",
  confirm_window: "0",
  act_window: "30",
  act_window_unit: "86400",
  report_window: "7",
  report_window_unit: "86400",
  stake_rule: "required",
  stake_amount: "2",
  stake_denom: "umust",
  forfeits_to: "cooperators",
  fulfilment: "challengeable",
  challenge_window: "7",
  challenge_window_unit: "86400",
  challenge_verdict: VERDICT,
  challenge_electorate: "jury",
  challenge_community: "7",
  challenge_jury: "12",
  outcome: "none",
  outcome_verdict: VERDICT,
  outcome_electorate: "community",
  outcome_community: "4",
  outcome_attestors: someone(3),
  outcome_quorum: "1",
  outcome_of_where: "own",
  outcome_of: "2",
  judge_window: "30",
  judge_window_unit: "86400",
};
const address = { forfeits_to: "address", forfeits_address: someone(8) };
const together = { fulfilment: "collective", ...address };
const read = (extra: Entries) => readAction({ ...form, ...extra }, around, 0);

test("everything that can be judged, as the contract takes it", () => {
  const made = (extra: Entries) => {
    const { action: one, errors } = read(extra);
    assert.deepEqual(errors, {});
    return one;
  };
  const plain = made({});
  const judge = { verdict: VERDICT, electorate: { jury: { size: 12, community: 7 } } };
  assert.deepEqual(plain.fulfilment, { challengeable: { window: 604_800, judge } });
  assert.deepEqual([plain.outcome, plain.forfeits_to], [undefined, { cooperators: {} }]);
  const all = made({ ...together, outcome: "vote" });
  assert.deepEqual(all.fulfilment, { collective: {} });
  assert.deepEqual(all.outcome, { by: { vote: { verdict: VERDICT, electorate: { community: { id: 4 } } } }, judge_window: 2_592_000 });
  assert.match(outcomeFacts(all)[0]?.[1] ?? "", /the members of community 4, asked at .* within 30 days/);
  const named = made({ ...together, outcome: "attested" }).outcome;
  assert.deepEqual(named, { by: { attested: { attestors: [someone(3)], quorum: 1 } }, judge_window: 2_592_000 });
  const own = made({ outcome: "of", requires_own: "2" }).outcome;
  assert.deepEqual(own, { by: { of: { own: 1 } } });
  const other = made({ outcome: "of", requires_actions: "17", outcome_of_where: "other", outcome_of: "17" }).outcome;
  assert.deepEqual(other, { by: { of: { action: 17 } } });
  // Without stakes those who act may say themselves whether it succeeded.
  assert.ok(made({ fulfilment: "collective", stake_rule: "none", outcome: "vote", outcome_electorate: "pledgers" }).outcome);
});

const rows: [entry: Entries, field: string, says: RegExp][] = [
  [{ stake_rule: "optional" }, "stake_rule", /everybody gives a stake/],
  [{ challenge_window: "0" }, "challenge_window", /no time/],
  [{ challenge_verdict: "x" }, "challenge_verdict", /isn't an address/],
  [{ challenge_verdict: around.taken.contract }, "challenge_verdict", /Another contract/],
  [{ challenge_community: "" }, "challenge_community", /number of a community/],
  [{ challenge_jury: "2" }, "challenge_jury", /From 3/],
  [together, "outcome", /somebody must say/],
  [{ ...together, outcome: "vote", outcome_electorate: "pledgers" }, "outcome_electorate", /can't judge their own/],
  [{ ...together, outcome: "vote", forfeits_to: "everybody" }, "forfeits_to", /paid for failing/],
  [{ ...together, outcome: "attested", outcome_attestors: someone(8) }, "outcome_attestors", /can't decide about it/],
  [{ outcome: "attested", outcome_attestors: ME }, "outcome_attestors", /yourself/],
  [{ outcome: "attested", outcome_attestors: `${someone(3)} ${someone(4)}` }, "outcome_quorum", /from 2 to 2/],
  [{ outcome: "of" }, "outcome_of", /requires/],
  [{ outcome: "of", outcome_of: "" }, "outcome_of", /number of an action/],
  [{ outcome: "vote", judge_window: "" }, "judge_window", /whole number/],
  [{ fulfilment: "honor" }, "forfeits_to", /pays liars/],
];
for (const [entry, field, says] of rows) {
  test(`refused next to ${field}: ${JSON.stringify(entry).slice(0, 60)}`, () => {
    const { errors } = read(entry);
    assert.deepEqual(Object.keys(errors), [field]);
    assert.match(errors[field] ?? "", says);
  });
}
