// Deposits behind a vote: what goes along with a pledge, what is offered, and what the form makes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setDenoms } from "../../web/src/coins.js";
import { outcomeFacts } from "../../web/src/create/judged.js";
import { withDeposit } from "../../web/src/create/deposit.js";
import type { NewAction } from "../../web/src/create/read.js";
import { awaitsAnswer, brought } from "../../web/src/deposit.js";
import { type Me, offers } from "../../web/src/offers/which.js";
import { statusWords } from "../../web/src/pages/status.js";
import { confirmReview } from "../../web/src/review/others.js";
import { pledgeReview } from "../../web/src/review/pledge.js";
import { moment } from "../../web/src/time.js";
import type { Action, Cause, Judging, Pledge } from "../../web/src/types.js";

setDenoms([{ denom: "umust", symbol: "MUST", display: "must", exponent: 6 }]);
const must = (amount: number) => ({ denom: "umust", amount: String(amount * 1_000_000) });
const judging = {
  judge_from: 900,
  pays_from: 9_000,
  challenges: null,
  challenge_until: null,
  outcome_by: "vote",
  judge: { verdict: "v", electorate: "pledgers", community: null, size: null },
  attestors: [],
  quorum: 0,
  judge_window: 200,
  answer: null,
  deposits: { each: must(5), settled: false, own: 0 },
} as unknown as Judging;
const action = (extra: Partial<Action> = {}): Action =>
  ({
    id: 1,
    label: "Act",
    description: "You act.",
    goal: 1,
    max: null,
    gate: null,
    schedule: { kind: "at_close", pledge_until: 500, hold: null },
    lock: 0,
    bundled: false,
    act_window: 200,
    report_window: 200,
    stake: must(4),
    stake_required: false,
    fulfilment: "honor",
    attestors: [],
    forfeits_to: "everybody",
    forfeits_address: null,
    pledged: 0,
    phase: "pledging",
    next_boundary: 500,
    act_from: null,
    requires: [],
    waits_for: null,
    takes_pledges: true,
    held: [],
    curve: [],
    totals: null,
    judging,
    ...extra,
  }) as Action;
const alone = action({ stake: null, forfeits_to: null });
const cause = { id: 1, title: "It", fee_bps: 0 } as Cause;

test("a pledge brings stake and deposit as one coin, or the deposit alone", () => {
  assert.deepEqual(brought(action(), true), must(9));
  assert.deepEqual(brought(action(), false), must(5));
  assert.deepEqual(brought(alone, false), must(5));
  const none = { judging: null };
  assert.deepEqual(brought(action(none), true), must(4));
  assert.equal(brought(action(none), false), null);
  assert.deepEqual([action(), action(none), action({ ...none, fulfilment: "collective" })].map(awaitsAnswer), [true, false, true]);
});

test("leaving brings back all that was brought", () => {
  const own = { action: 1, status: "standing", staked: true, stake: must(4), claimable: null } as Pledge;
  const me = (pledge: Pledge): Me => ({ address: "a", pledge, others: [], complete: true });
  const back = (pledge: Pledge, of = action()) => offers(of, me(pledge), 100).find((one) => one.kind === "withdraw");
  assert.deepEqual(back(own), { kind: "withdraw", back: must(9) });
  assert.deepEqual(back({ ...own, staked: false, stake: null }), { kind: "withdraw", back: must(5) });
  assert.deepEqual(back(own, action({ judging: null })), { kind: "withdraw", back: must(4) });
});

test("the stakes of a deposited action aren't settled before the answer", () => {
  const me: Me = { address: "a", pledge: null, others: [], complete: true };
  const kinds = (of: Action) => offers(of, me, 10_000).map((one) => one.kind);
  const over = { phase: "judging", takes_pledges: false, next_boundary: null, active: true } as const;
  assert.ok(!kinds(action(over)).includes("settle"));
  assert.ok(kinds(action({ ...over, judging: { ...judging, deposits: null, pays_from: 900 } })).includes("settle"));
});

test("the review says what goes along", () => {
  const words = (of: Action) => JSON.stringify(pledgeReview(cause, of, { needsOthers: 0, staked: false, curve: [] }));
  assert.match(words(action()), /"Your deposit","5 MUST/);
  assert.match(words(alone), /"Your deposit","5 MUST/);
  assert.doesNotMatch(words(action({ judging: null })), /deposit/);
  // What may come back of each: without a stake of one's own, and with one.
  assert.match(words(alone), /"worst":"0\. It comes about, and you vote against the larger side/);
  const both = JSON.stringify(pledgeReview(cause, action(), { needsOthers: 0, staked: true, curve: [] }).returns);
  assert.match(both, /"worst":"Stake: 0, .* Deposit: 0\. /);
  assert.match(both, /"likely":"Stake: 4 MUST, .* Deposit: 5 MUST, /);
});

test("whoever is bound is told where to vote, until there is an answer", () => {
  const me = (status: Pledge["status"]): Me => ({ address: "a", pledge: { action: 1, status, staked: false, stake: null } as Pledge, others: [], complete: true });
  const told = (status: Pledge["status"], extra: Partial<Action> = {}) => statusWords(action({ active: true, report_from: 700, ...extra }), me(status)).join(" ");
  assert.match(told("standing", { active: false }), /Your deposit: 5 MUST\.$/);
  assert.match(told("bound", { phase: "acting" }), /Your deposit: 5 MUST\. Once the reports are in you will be asked .* at the verdict contract v\./);
  assert.match(told("bound", { phase: "judging" }), /Vote at the verdict contract v: what comes back/);
  assert.doesNotMatch(told("bound", { phase: "settled", judging: { ...judging, answer: "yes" } }), /[Vv]ote/);
  assert.doesNotMatch(told("released", { phase: "settled" }), /[Vv]ote/);
});

test("nobody is bound before they were asked again", () => {
  const words = (of: Action) => JSON.stringify(pledgeReview(cause, of, { needsOthers: 0, staked: false, curve: [] }));
  const asked = words(action({ confirm_window: 60 }));
  assert.match(asked, /At the close, [^"]* From then on, for 1 minute, everybody who is in is asked once more: only who confirms is bound/);
  assert.match(asked, /When you are asked once more, silence is enough/);
  // The time to act begins where the confirming ends.
  const from = (of: Action) => new Map(pledgeReview(cause, of, { needsOthers: 0, staked: false, curve: [] }).facts).get("Time to act")?.split(" to ")[0];
  assert.equal(from(action({ confirm_window: 60 })), moment(560));
  assert.equal(from(action({ confirm_window: null })), moment(500));
  assert.doesNotMatch(words(action({ confirm_window: null })), /once more/);

  const pledge = { action: 1, status: "standing", needs_others: 2, staked: false, stake: null } as Pledge;
  const me: Me = { address: "a", pledge, others: [], complete: true };
  const told = (curve: Action["curve"]) => statusWords(action({ judging: null, goal: 2, confirm_window: 60, curve }), me).join(" ");
  assert.match(told([{ threshold: 3, pledges: 1 }]), /You act when 2 others do; now 0 would; 2 more tip it\. You are asked once more before you are bound\./);
  assert.match(told([{ threshold: 2, pledges: 2 }, { threshold: 3, pledges: 1 }]), /You act when 2 others do; as of now enough are in\./);
  // Who fears to be the only one reads what their own condition still is, and what silence does.
  const confirming = (survives: number | null) => ({ confirming: { from: 500, until: 560, confirmed: 1, survives } });
  const review = (survives: number | null, needs = 2) => JSON.stringify(confirmReview(cause, action({ goal: 2, ...confirming(survives) }), needs));
  assert.match(review(0), /you are bound only if at least 3 people confirm, you among them/);
  assert.match(review(0), /if one of those who haven't confirmed stays silent, it may bind nobody/);
  assert.match(review(1), /1 of those who haven't confirmed may stay silent/);
  assert.match(review(null), /nobody would be bound, even if all confirmed/);
});

const newAction = (extra: Partial<NewAction> = {}): NewAction =>
  ({
    gate: { list: ["a", "b"] },
    outcome: { by: { vote: { verdict: "v", electorate: { pledgers: {} } } }, judge_window: 9 },
    ...extra,
  }) as NewAction;
const typed = { outcome_deposit: "2.5", outcome_deposit_denom: "umust" };

function read(entries: Record<string, string>, of: NewAction): { deposit: unknown; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const made = withDeposit(entries, of, (name, wrong) => {
    if (wrong !== null) errors[name] ??= wrong;
  });
  return { deposit: made.outcome?.deposit, errors };
}

test("the form's deposit, and where it makes no sense", () => {
  const good = read(typed, newAction());
  assert.deepEqual(good, { deposit: { denom: "umust", amount: "2500000" }, errors: {} });
  assert.equal(read({ outcome_deposit: " " }, newAction()).deposit, undefined);
  const jury = { by: { vote: { verdict: "v", electorate: { jury: { size: 3, community: 1 } } } }, judge_window: 9 };
  assert.equal(read(typed, newAction({ outcome: jury })).deposit, undefined, "hidden fields count for nothing");
  const stake = (denom: string, amount = "1") => ({ stake: { rule: "required", coin: { denom, amount } } }) as const;
  assert.deepEqual(read(typed, newAction(stake("umust"))).errors, {});
  for (const [entries, extra, says] of [
    [{ ...typed, outcome_deposit: "x" }, {}, /number such as/],
    [{ ...typed, outcome_deposit: "0" }, {}, /More than nothing/],
    [typed, stake("ueuro"), /one coin/],
    [typed, stake("umust", String(2n ** 96n - 1n)), /more than the contract can count/],
    [typed, { gate: undefined }, /can't be many voters/],
    [typed, { gate: { communities: [3] } }, /can't be many voters/],
    [typed, { gate: { only: "person" } }, /can't be many voters/],
  ] as const) {
    assert.match(read(entries, newAction(extra as Partial<NewAction>)).errors.outcome_deposit ?? "", says);
  }
  for (const gate of [{ only: "organisation" }, { attested: { one_person: { claim: "person", issuer: { secp256k1: "02" } } } }] as const) {
    assert.deepEqual(read(typed, newAction({ gate })).errors, {});
  }
  const told = outcomeFacts({ outcome: { by: { vote: { verdict: "v", electorate: { pledgers: {} } } }, judge_window: 9, deposit: must(5) } });
  assert.match(JSON.stringify(told), /5 MUST from each who pledges, settled by that vote/);
});
