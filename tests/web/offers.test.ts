// Who is offered what, when: the contract's rules as a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { typedTotal, typedUnits } from "../../web/src/offers/coins.js";
import { linkOf } from "../../web/src/offers/registry.js";
import { type Me, causeOffers, keeperPay, offers } from "../../web/src/offers/which.js";
import { statusWords } from "../../web/src/pages/status.js";
import { bonusOfPledge } from "../../web/src/review/bonus.js";
import type { Action, Cause, Deliberation, Person, Pledge } from "../../web/src/types.js";

const ME = "wasm1me";
const NOW = 1_000;
const euro = (amount: number) => ({ denom: "ueuro", amount: String(amount) });

const action = (extra: Partial<Action> = {}): Action => ({
  id: 1,
  label: "Act",
  description: "You act.",
  goal: 3,
  max: null,
  gate: null,
  schedule: { kind: "at_close", pledge_until: 2_000, hold: null },
  lock: 100,
  bundled: false,
  confirm_window: null,
  confirming: null,
  act_window: 100,
  report_window: 100,
  stake: null,
  stake_required: false,
  fulfilment: "honor",
  attestors: [],
  quorum: 0,
  forfeits_to: null,
  forfeits_address: null,
  pledged: 3,
  committed: 3,
  phase: "pledging",
  active: false,
  activated_at: null,
  act_from: null,
  report_from: null,
  settled_from: null,
  next_boundary: 1_900,
  curve: [],
  requires: [],
  waits_for: null,
  takes_pledges: true,
  by_message: false,
  can_activate: false,
  totals_fixed: false,
  totals: null,
  already_did: 0,
  checked_in: 0,
  held: [],
  ...extra,
});

const pledge = (status: Pledge["status"], extra: Partial<Pledge> = {}): Pledge => ({
  action: 1,
  cause: 1,
  address: ME,
  needs_others: 0,
  status,
  staked: false,
  stake: null,
  confirmed: false,
  checked_in: false,
  outcome: null,
  claimable: null,
  ...extra,
});

const me = (own: Pledge | null = null, others: Pledge[] = [], complete = true): Me => ({ address: ME, pledge: own, others, complete });
const other = (status: Pledge["status"], extra: Partial<Pledge> = {}): Pledge => pledge(status, { address: "wasm1other", ...extra });

const gate = (list: string[]) => ({ people: null, claims: [], scope: null, only: null, communities: [], list, least_kept: null });

const totals = (extra = {}) => ({
  cooperators: 1,
  broken: 1,
  excused: 0,
  forfeit_each: "100",
  keeper_each: "1",
  share_each: "0",
  to_address: "0",
  ...extra,
});
const staked: Partial<Action> = { stake: euro(100), stake_required: true, forfeits_to: "everybody" };
const attested: Partial<Action> = { fulfilment: "attested", attestors: [ME], quorum: 1 };
const acting: Partial<Action> = { phase: "acting", active: true, next_boundary: 1_900 };
const settled: Partial<Action> = { phase: "settled", active: true, next_boundary: null };

const confirming: Partial<Action> = {
  phase: "confirming",
  takes_pledges: false,
  confirm_window: 900,
  confirming: { from: 1_000, until: 1_900, confirmed: 1, survives: 1 },
};

type Row = [what: string, action: Partial<Action>, me: Me, kinds: string[]];

const stranger = me();
const table: Row[] = [
  ["anybody, while it is open", {}, stranger, ["already_did", "pledge"]],
  ["anybody, while it is locked: pledging goes on", { phase: "locked" }, stranger, ["already_did", "pledge"]],
  ["anybody, in the second in which its phase ends", { next_boundary: NOW }, stranger, []],
  ["anybody, where only a message ends it", { next_boundary: null }, stranger, ["already_did", "pledge"]],
  ["anybody, where the gate has no list", { gate: gate([]) }, stranger, ["already_did", "pledge"]],
  ["who isn't on the list", { gate: gate(["wasm1other"]) }, stranger, ["already_did", "no_place"]],
  ["who is on the list", { gate: gate([ME]) }, stranger, ["already_did", "pledge"]],
  ["nobody, where all places are taken", { max: 3 }, stranger, ["already_did", "no_place"]],
  ["an attestor doesn't pledge where they judge", attested, stranger, ["already_did"]],
  ["nor the address that forfeits go to", { ...staked, forfeits_to: "address", forfeits_address: ME }, stranger, ["already_did"]],
  ["who said that they had done it before", {}, { ...me(), alreadyDid: true }, ["pledge"]],
  ["who pledged, while it is open", {}, me(pledge("standing")), ["withdraw"]],
  ["who pledged, while it is locked", { phase: "locked" }, me(pledge("standing")), []],
  ["who withdrew may pledge again", {}, me(pledge("withdrawn")), ["already_did", "pledge"]],
  ["a rolling action: bound while it is open", { active: true }, me(pledge("bound")), ["check_in"]],
  ["a rolling action: not bound yet", { active: true }, me(pledge("standing")), ["withdraw"]],
  ["a rolling action: bound and locked", { active: true, phase: "locked" }, me(pledge("bound")), ["check_in"]],
  ["a rolling action: a stranger still joins", { active: true }, stranger, ["already_did", "pledge"]],
  ["who pledged, while it is confirming", confirming, me(pledge("standing")), ["confirm"]],
  ["who confirmed", confirming, me(pledge("standing", { confirmed: true })), []],
  ["who pledged, once the window has ended", { ...confirming, next_boundary: NOW }, me(pledge("standing")), []],
  ["anybody, while it is confirming", confirming, stranger, []],
  ["silent when it was asked, and it is open again", {}, me(pledge("released", { claimable: [euro(100)] })), ["claim"]],
  ["bound, in the time to act", acting, me(pledge("bound")), ["check_in"]],
  ["bound, in the time to report", { ...acting, phase: "reporting" }, me(pledge("bound")), ["check_in"]],
  ["checked in already", acting, me(pledge("kept", { checked_in: true })), []],
  ["an outcome that is final bars no check-in", acting, me(pledge("broken", { outcome: "didnt" })), ["check_in"]],
  ["anybody, in the time to act", acting, stranger, []],
  ["left out when it activated, with a stake", acting, me(pledge("released", { claimable: [euro(100)] })), ["claim"]],
  ["an attestor, while nobody is bound", attested, me(null, [other("standing")]), ["already_did"]],
  ["an attestor, in the time to act", { ...acting, ...attested }, me(null, [other("bound")]), ["attest"]],
  ["an attestor, once the outcome is final", { ...acting, ...attested }, me(null, [other("kept", { outcome: "did" })]), []],
  ["an attestor has nothing to say of those left out", { ...acting, ...attested }, me(null, [other("released")]), []],
  ["an attestor, once it is over", { ...settled, ...attested }, me(null, [other("excused")]), ["settle"]],
  ["anybody, when what binds together is ready", { phase: "locked", takes_pledges: false, can_activate: true }, stranger, ["activate"]],
  ["anybody, while a counterpart is awaited", { takes_pledges: false, waits_for: "wasm1them" }, stranger, ["already_did"]],
  ["anybody, once it is over", settled, stranger, ["settle"]],
  ["anybody, once it is settled", { ...settled, totals_fixed: true }, stranger, []],
  ["kept, once it is over: the claim settles on its way", settled, me(pledge("kept", { claimable: [euro(150)] })), ["claim", "settle"]],
  ["paid", { ...settled, totals_fixed: true }, me(pledge("claimed")), []],
  ["it failed: back at once", { phase: "failed" }, me(pledge("released", { claimable: [euro(100)] })), ["claim"]],
  ["it was cancelled: back at once", { phase: "cancelled" }, me(pledge("released", { claimable: [euro(100)] })), ["claim"]],
  ["it failed: anybody sends it for them", { phase: "failed" }, me(null, [other("released", { claimable: [euro(100)] })]), ["claim_for"]],
  ["nothing is due to them, nor for sending it", { phase: "failed" }, me(null, [other("released", { claimable: [] })]), []],
  [
    "nothing is due to who broke it, but the keeper's part to whoever sends it",
    { ...settled, ...staked, totals_fixed: true, totals: totals() },
    me(null, [other("broken", { staked: true, claimable: [] })]),
    ["claim_for"],
  ],
  [
    "forfeits wait for their address",
    { ...settled, ...staked, forfeits_to: "address", forfeits_address: "wasm1to", totals_fixed: true, totals: totals({ to_address: "99" }), held: [euro(199)] },
    me(null, [other("kept", { staked: true, claimable: [euro(100)] })]),
    ["claim_for", "claim_forfeits"],
  ],
  [
    "forfeits are paid: what lies here is owed to pledgers",
    { ...settled, ...staked, forfeits_to: "address", forfeits_address: "wasm1to", totals_fixed: true, totals: totals({ to_address: "99" }), held: [euro(100)] },
    me(null, [other("kept", { staked: true, claimable: [euro(100)] })]),
    ["claim_for"],
  ],
];

for (const [what, extra, who, kinds] of table) {
  test(`offered: ${what}`, () => {
    const found = offers(action(extra), who, NOW).map((offer) => offer.kind);
    assert.deepEqual(found.sort(), kinds);
  });
}

test("a bundle is pledged beside its first action, and left together while nothing of it binds", () => {
  const [first, second] = [action({ bundled: true }), action({ id: 2, bundled: true })];
  const kinds = (one: Action, who: Me, all = [first, second]) => offers(one, who, NOW, all).map((offer) => offer.kind);
  assert.deepEqual(kinds(first, stranger), ["pledge_bundle", "already_did"]);
  assert.deepEqual(kinds(second, stranger), ["already_did"]);
  assert.deepEqual(kinds(first, stranger, [first, { ...second, phase: "acting", takes_pledges: false }]), ["already_did"]);
  assert.deepEqual(kinds(second, me(pledge("standing"))), ["withdraw_bundle"]);
  assert.deepEqual(kinds(second, { ...me(pledge("standing")), boundInCause: true }), ["withdraw"]);
});

test("how the stake is asked for", () => {
  const kind = (extra: Partial<Action>) => offers(action(extra), stranger, NOW).find((o) => o.kind === "pledge");
  assert.deepEqual(kind({}), { kind: "pledge", stake: "none" });
  assert.deepEqual(kind({ ...staked }), { kind: "pledge", stake: "required" });
  assert.deepEqual(kind({ ...staked, stake_required: false }), { kind: "pledge", stake: "optional" });
});

test("the keeper is paid for broken pledges with a stake, once totals are fixed", () => {
  const over = action({ ...settled, ...staked, totals_fixed: true, totals: totals() });
  assert.deepEqual(keeperPay(over, other("broken", { staked: true })), euro(1));
  assert.equal(keeperPay(over, other("broken")), null);
  assert.equal(keeperPay(over, other("kept", { staked: true })), null);
  assert.equal(keeperPay(action({ ...settled, ...staked }), other("broken", { staked: true })), null);
});

const cause = (cancel: Cause["cancel"], actions: Action[], extra: Partial<Cause> = {}): Cause => ({
  id: 1,
  creator: ME,
  title: "It",
  cancel,
  cancelled: false,
  fee_bps: 0,
  fund: [],
  fund_to: null,
  fund_until: null,
  registry: [],
  deliberation: null,
  actions,
  view: { chain_id: "c", height: 1, time: NOW },
  ...extra,
});

type CauseRow = [what: string, cause: Cause, everPledged: boolean, kinds: string[]];
const causes: CauseRow[] = [
  ["never", cause("never", [action()]), false, []],
  ["until the first pledge: none yet", cause("until_first_pledge", [action()]), false, ["cancel_cause"]],
  ["until the first pledge: there was one", cause("until_first_pledge", [action()]), true, []],
  ["until the first pledge: one action is over, one open", cause("until_first_pledge", [action({ phase: "failed" }), action()]), false, ["cancel_cause"]],
  ["until the first pledge: nothing is open", cause("until_first_pledge", [action({ phase: "failed" })]), false, []],
  ["until the lock: open, pledged", cause("until_lock", [action()]), true, ["cancel_cause"]],
  ["until the lock: one is locked", cause("until_lock", [action(), action({ phase: "locked" })]), true, []],
  ["until the lock: one closed", cause("until_lock", [action(), action({ phase: "failed" })]), true, []],
  ["until the lock: in its second", cause("until_lock", [action({ next_boundary: NOW })]), true, []],
  ["one is active, though it is open", cause("until_lock", [action({ active: true })]), true, []],
  ["cancelled already", cause("until_lock", [action({ phase: "cancelled" })], { cancelled: true }), true, []],
  ["another one started it", cause("until_lock", [action()], { creator: "wasm1other", fund: [euro(5)] }), false, []],
  ["the fund has something", cause("never", [action()], { fund: [euro(5)] }), true, ["spend_fund"]],
  ["the fund takes gifts from anybody", cause("never", [action()], { creator: "wasm1other", fund_to: "wasm1to", fund_until: NOW + 1 }), true, ["support"]],
  ["the fund takes gifts, and has something", cause("never", [action()], { fund: [euro(5)], fund_to: "wasm1to", fund_until: NOW + 1 }), true, ["spend_fund", "support"]],
  ["a cancelled cause takes no gifts", cause("never", [], { cancelled: true, fund: [euro(5)], fund_to: "wasm1to", fund_until: NOW + 1 }), true, ["spend_fund"]],
  ["the fund is over: anybody sends what is left", cause("never", [action()], { fund: [euro(5)], fund_to: "wasm1to", fund_until: NOW }), true, ["sweep_fund"]],
  ["the fund is over and empty", cause("never", [action()], { fund_to: "wasm1to", fund_until: NOW }), true, []],
  ["the fund is empty", cause("never", [action()], { fund: [euro(0)] }), true, []],
];

for (const [what, about, everPledged, kinds] of causes) {
  test(`the creator: ${what}`, () => {
    assert.deepEqual(causeOffers(about, ME, everPledged, NOW).map((o) => o.kind).sort(), kinds);
  });
}

test("who has a pledge on the cause speaks, and votes on what others say", () => {
  const entry = (person: string) => ({ person, words: "I teach", up: 0, down: 0 });
  const kinds = (registry: Cause["registry"], pledged: boolean) =>
    causeOffers(cause("never", [action()], { creator: "wasm1other", registry }), ME, true, NOW, pledged).map((o) => o.kind);
  assert.deepEqual(kinds([entry("wasm1other")], false), []);
  assert.deepEqual(kinds([], true), ["say"]);
  assert.deepEqual(kinds([entry(ME)], true), ["say"]);
  assert.deepEqual(kinds([entry(ME), entry("wasm1other")], true), ["say", "rate"]);
});

test("one's own link names nobody else, and keeps nothing of the page's own search", () => {
  assert.equal(linkOf("https://muster.example/causes/3?pledges=x&ref=wasm1old#who", "wasm1me"), "https://muster.example/causes/3?ref=wasm1me");
});

const COINS = {
  min: euro(500),
  beneficiary: "wasm1farmer",
  document: null,
  people: 2,
  released_units: 0,
  goal: euro(1_500),
  pledged: euro(1_500),
  committed: euro(1_500),
  released: euro(0),
  release: "on_activation" as const,
  tranches: [],
  returned_each: null,
};

test("an action in coins: pledging with coins, withdrawing them, and release by anybody", () => {
  const kinds = (a: Action, me: Partial<Me> = {}) =>
    offers(a, { address: ME, pledge: null, others: [], complete: true, ...me }, NOW).map((offer) => offer.kind);
  const open = action({ coins: COINS });
  assert.deepEqual(kinds(open), ["pledge_coins"]);
  assert.deepEqual(kinds(open, { address: "wasm1farmer" }), []);
  const mine = pledge("standing", { coins: { amount: euro(1_000), units: 2, total_at_least: 3 } });
  const [withdraw] = offers(open, { address: ME, pledge: mine, others: [], complete: true }, NOW);
  assert.deepEqual(withdraw, { kind: "withdraw", back: euro(1_000) });
  const bound = action({ coins: COINS, phase: "settled", active: true, next_boundary: null });
  const own = pledge("bound", { coins: mine.coins ?? null });
  assert.deepEqual(offers(bound, { address: ME, pledge: own, others: [], complete: true }, NOW), [{ kind: "release", due: euro(1_500) }]);
  const paid = action({ ...bound, coins: { ...COINS, released_units: 3 } });
  assert.deepEqual(kinds(paid), []);
});

test("amounts are multiples of the least one, and totals stand on the grid above the goal", () => {
  const a = action({ coins: COINS, goal: 3 });
  assert.equal(typedUnits("1000", COINS), 2n);
  assert.match(String(typedUnits("750", COINS)), /multiple/);
  assert.equal(typedTotal("", a, COINS), 0);
  assert.equal(typedTotal("1500", a, COINS), 0);
  assert.match(String(typedTotal("1000", a, COINS)), /goal/);
  assert.equal(typedTotal("60000", a, COINS), 120);
  assert.match(String(typedTotal("60500", a, COINS)), /Next to it/);
});

const choice = (extra: Partial<Deliberation> = {}): Deliberation => ({
  alternatives: [1, 2].map((id) => ({ action: id, score: 0, fives: 0 })),
  propose_until: NOW,
  places_left: 1,
  score_until: NOW + 10,
  ballots: 0,
  chosen: null,
  proposals: [1, 2, 3, 4].map((n) => ({
    proposal: n,
    person: n === 2 ? ME : "wasm1other",
    label: "Proposed",
    seconders: 0,
    action: n === 4 ? 5 : null,
  })),
  ...extra,
});

const person = (pledges: Pledge[]): Person => ({
  address: ME,
  pledges,
  claimable: [],
  attests: [],
  standing: { kept: 0 },
  created: [],
  ballots: [],
  seconded: [{ cause: 1, proposal: 3 }],
  view: { chain_id: "c", height: 1, time: NOW },
});

const choices: [string, Partial<Cause>, Pledge[], string[]][] = [
  ["a member scores once proposing has ended", { deliberation: choice() }, [pledge("standing")], ["score"]],
  ["a member scores from the beginning where nothing is proposed", { deliberation: choice({ propose_until: null }) }, [pledge("standing")], ["score"]],
  ["a member seconds and proposes before that", { deliberation: choice({ propose_until: NOW + 1 }) }, [pledge("standing")], ["propose", "second"]],
  ["without a place left nothing is proposed", { deliberation: choice({ propose_until: NOW + 1, places_left: 0 }) }, [pledge("standing")], []],
  ["a stranger has no say", { deliberation: choice() }, [], []],
  ["who left has none any more", { deliberation: choice() }, [pledge("withdrawn")], []],
  ["a pledge elsewhere gives none", { deliberation: choice() }, [pledge("standing", { action: 3 })], []],
  ["after the choice nobody scores", { deliberation: choice({ score_until: NOW }) }, [pledge("standing")], []],
  ["nor in a cancelled cause", { deliberation: choice(), cancelled: true }, [pledge("standing")], []],
];

for (const [what, extra, pledges, kinds] of choices) {
  test(`the choice: ${what}`, () => {
    const about = cause("never", [action()], { creator: "wasm1other", ...extra });
    const list = causeOffers(about, ME, true, NOW, false, person(pledges));
    assert.deepEqual(list.map((o) => o.kind).sort(), kinds);
    // Neither one's own proposal, nor one seconded already, nor one that is an alternative by now.
    for (const offer of list) if (offer.kind === "second") assert.deepEqual(offer.open.map((p) => p.proposal), [1]);
  });
}

test("coins that an answer releases: the next part to its purpose, or back, as the contract would take it", () => {
  const own = pledge("bound", { coins: { amount: euro(1_000), units: 2, total_at_least: 3 } });
  const says = (releases: boolean) => ({ phase: "judging", asked: true, answer: null, challenge: null, claimable: null, releases, reward: null }) as const;
  const made = (a: Action, me: Partial<Me> = {}) => offers(a, { address: ME, pledge: own, others: [], complete: true, verdict: says(true), ...me }, NOW);
  const kinds = (a: Action, me: Partial<Me> = {}) => made(a, me).map((offer) => offer.kind);
  const whole = { ...COINS, release: "on_success" as const };
  const judging = action({ coins: whole, phase: "judging", active: true, next_boundary: null, act_from: NOW - 9 });
  assert.deepEqual(made(judging), [{ kind: "release", due: euro(1_500) }]);
  assert.deepEqual(kinds(judging, { pledge: null }), ["release"], "by anybody");
  for (const verdict of [null, says(false)]) assert.deepEqual(kinds(judging, { verdict }), []);
  // What comes back is what the contract says could be claimed.
  const back = { ...own, claimable: [euro(1_000)] };
  assert.deepEqual(made(judging, { verdict: says(false), pledge: back }), [{ kind: "take_back", due: [euro(1_000)] }]);
  assert.deepEqual(kinds(action({ ...judging, coins: { ...whole, returned_each: euro(500) } })), []);
  const part = (state: "waiting" | "released" | "returned") => ({ bps: 5_000, amount: euro(750), state });
  const inParts = (states: Parameters<typeof part>[0][], returned_each: ReturnType<typeof euro> | null = null) =>
    action({ ...judging, phase: "acting", coins: { ...COINS, release: "tranches", tranches: states.map(part), returned_each } });
  assert.deepEqual(made(inParts(["released", "waiting"])), [{ kind: "release", due: euro(750) }]);
  assert.deepEqual(kinds(inParts(["released", "waiting"]), { verdict: says(false) }), []);
  assert.deepEqual(kinds(inParts(["released", "released"])), []);
  // A part that was won before the rest went back is still due.
  assert.deepEqual(made(inParts(["waiting", "returned"], euro(250)), { verdict: null }), [{ kind: "release", due: euro(750) }]);
  assert.deepEqual(kinds(action({ ...inParts(["waiting", "waiting"]), act_from: NOW + 9 })), [], "a rolling one that is open");
});

test("what became of one's coins is told in coins", () => {
  const own = (status: Pledge["status"]) => pledge(status, { coins: { amount: euro(1_000), units: 2, total_at_least: 4 } });
  const says = (status: Pledge["status"], release: "on_activation" | "on_success" | "tranches" = "on_activation") =>
    statusWords(action({ coins: { ...COINS, release } }), me(own(status))).join(" ");
  assert.equal(says("standing"), "You gave 1,000 ueuro (unverified denom), if 2,000 ueuro (unverified denom) or more come together. Now 1,500 ueuro (unverified denom) would be bound.");
  assert.match(says("bound"), /are bound: enough came together\.$/);
  assert.match(says("bound", "on_success"), /Once the answer is yes they go to their purpose; otherwise they come back\.$/);
  assert.match(says("bound", "tranches"), /in parts/);
  assert.match(says("kept"), /went to their purpose/);
  assert.match(says("withdrawn"), /You withdrew/);
});

test("a refund bonus: its sponsor puts coins in while it is open, and anybody sends back what isn't needed", () => {
  const bonus = { sponsor: "wasm1rich", per_pledge: "5", before: 1_500, fund: "0", eligible: 0, each: "0", rest: "0" };
  const staked = { stake: euro(10), stake_required: true };
  const kinds = (a: Action, address: string) =>
    offers(a, { address, pledge: null, others: [], complete: true }, NOW).map((offer) => offer.kind);
  const open = action({ ...staked, bonus });
  assert.deepEqual(kinds(open, ME), ["pledge", "already_did"]);
  assert.deepEqual(kinds(open, "wasm1rich"), ["pledge", "sponsor_bonus", "already_did"]);
  const failed = action({ ...staked, phase: "failed", next_boundary: null, bonus: { ...bonus, fund: "20", eligible: 2, each: "5", rest: "10" } });
  for (const address of [ME, "wasm1rich"]) assert.deepEqual(kinds(failed, address), ["claim_bonus"]);
  assert.deepEqual(kinds(action({ ...failed, bonus: { ...bonus, fund: "20" } }), ME), []);
});

test("what a pledge may come to of a refund bonus", () => {
  const bonus = { sponsor: "wasm1rich", per_pledge: "5", before: 1_500, fund: "20", eligible: 0, each: "0", rest: "0" };
  const with_ = action({ stake: euro(10), bonus });
  const says = (needsOthers: number, staked: boolean, now = NOW, one = with_) => bonusOfPledge(one, { needsOthers, staked }, now)[0]?.[1] ?? "";
  assert.match(says(2, true), /^up to .* if too few are in$/);
  for (const none of [says(3, true), says(0, false), says(0, true, 1_500)]) assert.match(none, /^none: only with a stake, before/);
  assert.match(says(0, true, NOW, action({ stake: euro(10), bonus: { ...bonus, fund: "0" } })), /once its sponsor puts it in/);
  assert.match(says(0, true, NOW, action({ stake: euro(10), bonus, requires: [2] })), /nothing that it requires has failed by the close/);
  const land = action({ coins: { min: euro(10) } as Action["coins"], bonus });
  assert.match(says(0, true, NOW, land), /up to 5 ueuro .*besides your coins/);
  assert.equal(says(0, true, NOW, action({ stake: euro(10) })), "");
});

test("nobody cancels once somebody could come to a refund bonus", () => {
  const bonus = { sponsor: "wasm1rich", per_pledge: "5", before: 1_500, fund: "20", eligible: 1, each: "5", rest: "0" };
  const kinds = (a: Action) => causeOffers(cause("until_lock", [a]), ME, true, NOW).map((offer) => offer.kind);
  assert.deepEqual(kinds(action({ bonus })), []);
  assert.deepEqual(kinds(action({ bonus: { ...bonus, fund: "0" } })), ["cancel_cause"]);
  assert.deepEqual(kinds(action({ bonus: { ...bonus, eligible: 0 } })), ["cancel_cause"]);
});
