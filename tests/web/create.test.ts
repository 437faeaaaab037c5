// From the form's entries to the message: what is refused next to which entry, and what is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../web/src/bech32.js";
import { setDenoms } from "../../web/src/coins.js";
import { bonusFacts } from "../../web/src/create/bonus.js";
import { type Around, type Entries, bundleWrong, readAction, readCause } from "../../web/src/create/read.js";
import { leaveWarning, warnings } from "../../web/src/create/warn.js";

setDenoms([{ denom: "umust", symbol: "MUST", display: "must", exponent: 6 }]);
const someone = (n: number) => encode("wasm", new Uint8Array(20).fill(n));
const NOW = 1_700_000_000;
const around: Around = { prefix: "wasm", taken: { creator: someone(1), contract: encode("wasm", new Uint8Array(32)) }, now: NOW, count: 2 };
const local = (unix: number) => {
  const at = new Date(unix * 1000 - new Date(unix * 1000).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
};
const CLOSE = NOW - (NOW % 60) + 86_400;

const cause: Entries = {
  title: "  Leave it for the open one ",
  summary: "We go elsewhere.",
  language: "en",
  text: "One.\r\nTwo.",
  place_label: "",
  place_country: "",
  tags: "",
  harm_note: "",
  cancel: "until_lock",
  lawful: "on",
};
const action: Entries = {
  label: "Act",
  description: "You act.",
  goal: "10",
  schedule: "at_close",
  pledge_until: local(CLOSE),
  hold: "1",
  hold_unit: "86400",
  lock: "2",
  lock_unit: "3600",
  confirm_window: "0",
  confirm_window_unit: "86400",
  act_window: "30",
  act_window_unit: "86400",
  report_window: "7",
  report_window_unit: "86400",
  stake_rule: "none",
  stake_amount: "",
  stake_denom: "umust",
  fulfilment: "honor",
  attestors: "",
  quorum: "1",
  forfeits_to: "cooperators",
  forfeits_address: "",
};

test("a whole cause, without what wasn't said", () => {
  const { cause: made, errors } = readCause(cause, around);
  assert.deepEqual(errors, {});
  assert.deepEqual(made, {
    title: "Leave it for the open one",
    summary: "We go elsewhere.",
    language: "en",
    text: "One.\nTwo.",
    cancel: "until_lock",
  });
  const more = readCause({ ...cause, place_label: "Delft", place_country: "nl", tags: "a, b-2", harm_note: "Nobody." }, around);
  assert.deepEqual(more.errors, {});
  assert.deepEqual(more.cause.place, { label: "Delft", country: "NL" });
  assert.deepEqual(more.cause.tags, ["a", "b-2"]);
});

const causeRows: [entry: Entries, field: string, says: RegExp][] = [
  [{ title: " " }, "title", /Write something/],
  [{ title: "é".repeat(61) }, "title", /At most 120 bytes; it has 122/],
  [{ title: "a\tb" }, "title", /One line/],
  [{ summary: "x".repeat(501) }, "summary", /At most 500 bytes/],
  [{ text: "\u0007" }, "text", /can't be shown/],
  [{ text: "🌍".repeat(2_049) }, "text", /it has 8,196/],
  [{ language: "e" }, "language", /tag/],
  [{ language: "en_GB" }, "language", /tag/],
  [{ place_label: "Delft" }, "place_country", /ISO/],
  [{ place_country: "NL" }, "place_label", /Write something/],
  [{ place_label: "Delft", place_country: "NLD" }, "place_country", /ISO/],
  [{ tags: "a b c d e f g h i" }, "tags", /At most 8/],
  [{ tags: "Öko" }, "tags", /other characters/],
  [{ tags: "a a" }, "tags", /twice/],
  [{ harm_note: "x".repeat(1_001) }, "harm_note", /1,000/],
  [{ lawful: "" }, "lawful", /Say so/],
];
for (const [entry, field, says] of causeRows) {
  test(`refused next to ${field}: ${JSON.stringify(entry).slice(0, 60)}`, () => {
    const { errors } = readCause({ ...cause, ...entry }, around);
    assert.deepEqual(Object.keys(errors), [field]);
    assert.match(errors[field] ?? "", says);
  });
}

test("actions of every schedule and fulfilment", () => {
  const read = (extra: Entries) => {
    const { action: made, errors } = readAction({ ...action, ...extra }, around, 0);
    assert.deepEqual(errors, {});
    return made;
  };
  const base = { label: "Act", description: "You act.", goal: 10, act_window: 2_592_000, report_window: 604_800 };
  assert.deepEqual(read({}), { ...base, schedule: { at_close: { pledge_until: CLOSE } }, lock: 7_200, fulfilment: { honor: {} } });
  assert.deepEqual(read({ schedule: "rolling", lock: "0" }).schedule, { rolling: { pledge_until: CLOSE } });
  assert.deepEqual(read({ schedule: "at_trigger", pledge_until: "", lock: "0" }).schedule, { at_trigger: { hold: 86_400, pledge_until: null } });
  assert.equal(read({ confirm_window: "2" }).confirm_window, 172_800);
  const both = { fulfilment: "attested", attestors: `${someone(2)}\n${someone(3).toUpperCase()}`, quorum: "2" };
  assert.deepEqual(read(both).fulfilment, { attested: { attestors: [someone(2), someone(3)], quorum: 2 } });
  const staked = read({ ...both, stake_rule: "required", stake_amount: "2.5" });
  assert.deepEqual(staked.stake, { rule: "required", coin: { denom: "umust", amount: "2500000" } });
  assert.deepEqual(staked.forfeits_to, { cooperators: {} });
  const to = read({ stake_rule: "optional", stake_amount: "1", forfeits_to: "address", forfeits_address: someone(4) });
  assert.deepEqual(to.forfeits_to, { address: { address: someone(4) } });
  // What a choice has hidden doesn't count.
  assert.equal(read({ stake_amount: "nonsense", attestors: "nonsense", quorum: "" }).stake, undefined);
});

test("what can't be pledged only all together", () => {
  const one = readAction(action, around, 0).action;
  assert.equal(bundleWrong([one, one]), null);
  assert.match(bundleWrong([one]) ?? "", /at least two/);
  assert.match(bundleWrong([one, { ...one, max: 50 }]) ?? "", /without a most/);
  const stake = { rule: "optional", coin: { denom: "umust", amount: "1" } } as const;
  assert.match(bundleWrong([one, { ...one, stake }]) ?? "", /or nobody/);
  assert.equal(readCause({ ...cause, bundle: "on" }, around).cause.bundle, true);
});

const attested = { fulfilment: "attested", attestors: someone(2), quorum: "1" };
const actionRows: [entry: Entries, field: string, says: RegExp][] = [
  [{ label: "" }, "label", /Write something/],
  [{ description: "x".repeat(1_001) }, "description", /1,000/],
  [{ goal: "0" }, "goal", /From 1/],
  [{ goal: "1.5" }, "goal", /whole number/],
  [{ goal: "1000000001" }, "goal", /1,000,000,000/],
  [{ pledge_until: "", lock: "0" }, "pledge_until", /Choose a day/],
  [{ pledge_until: local(NOW - 3_600), lock: "0" }, "pledge_until", /over already/],
  [{ lock: "25", lock_unit: "3600" }, "lock", /At most/],
  [{ schedule: "at_trigger", pledge_until: "" }, "lock", /needs a close/],
  [{ schedule: "at_trigger", hold: "0" }, "hold", /no time/],
  [{ confirm_window: "" }, "confirm_window", /whole number/],
  [{ schedule: "rolling", confirm_window: "1" }, "confirm_window", /nobody to confirm with/],
  [{ act_window: "0" }, "act_window", /no time/],
  [{ report_window: "3661" }, "report_window", /At most/],
  [{ ...attested, attestors: "" }, "attestors", /at least one/],
  [{ ...attested, attestors: someone(1) }, "attestors", /yourself/],
  [{ ...attested, attestors: `${someone(2)} ${someone(2).toUpperCase()}`, quorum: "2" }, "attestors", /twice/],
  [{ ...attested, attestors: `${someone(2)}x` }, "attestors", /isn't an address/],
  [{ ...attested, attestors: `${someone(2)} ${someone(3)}` }, "quorum", /from 2 to 2/],
  [{ stake_rule: "required", stake_amount: "0", forfeits_to: "everybody" }, "stake_amount", /More than nothing/],
  [{ stake_rule: "required", stake_amount: "1e3", forfeits_to: "everybody" }, "stake_amount", /number such as/],
  [{ stake_rule: "required", stake_amount: "1" }, "forfeits_to", /pays liars/],
  [{ stake_rule: "required", stake_amount: "1", forfeits_to: "address", forfeits_address: someone(1) }, "forfeits_address", /yourself/],
  [{ ...attested, stake_rule: "required", stake_amount: "1", forfeits_to: "address", forfeits_address: someone(2) }, "forfeits_address", /attestor/],
];
for (const [entry, field, says] of actionRows) {
  test(`refused next to ${field}: ${JSON.stringify(entry).slice(0, 60)}`, () => {
    const { errors } = readAction({ ...action, ...entry }, around, 0);
    assert.ok(errors[field], `nothing is said about ${field}: ${JSON.stringify(errors)}`);
    assert.match(errors[field], says);
  });
}

test("warnings where a choice invites abuse", () => {
  const warned = (extra: Entries) => warnings(readAction({ ...action, ...extra }, around, 0).action, false).join(" ");
  assert.equal(warned({}), "");
  assert.match(warned({ schedule: "at_trigger", goal: "3", hold: "1", hold_unit: "60" }), /few wallets/);
  assert.equal(warned({ schedule: "at_trigger", goal: "3" }), "");
  const stake = { stake_rule: "required", stake_amount: "1" };
  assert.match(warned({ ...attested, ...stake }), /One attestor alone/);
  assert.match(warned({ ...stake, forfeits_to: "everybody" }), /unchecked word/);
  assert.match(warned({ ...attested, attestors: `${someone(2)} ${someone(3)}`, quorum: "2" }), /win two people over|two people/);
  assert.match(leaveWarning("Leave the bank", "Now.", "All of us.") ?? "", /what they go to/);
  assert.equal(leaveWarning("Leave the bank for the union", "Now.", "All of us."), null);
});

test("what binds only together: places on the form, numbers of others, a counterpart", () => {
  const typed = { ...action, requires_own: "2", requires_actions: "17, 20", counterpart: someone(9) };
  const { action: made, errors } = readAction(typed, around, 0);
  assert.deepEqual(errors, {});
  assert.deepEqual(made.requires, [{ own: 1 }, { action: 17 }, { action: 20 }]);
  assert.equal(made.counterpart, someone(9));
  for (const [name, value] of [
    ["requires_own", "1"],
    ["requires_own", "3"],
    ["requires_own", "2 2"],
    ["requires_own", "0"],
    ["requires_actions", "x"],
    ["requires_actions", "1 2 3 4 5 6 7 8 9"],
    ["counterpart", "wasm1nobody"],
    ["counterpart", someone(1)],
  ] as const) {
    assert.deepEqual(Object.keys(readAction({ ...action, [name]: value }, around, 0).errors), [name], value);
  }
});

test("one of several actions may be chosen by vote", () => {
  const at = (day: string) => `2027-03-${day}T12:00`;
  const entries = { ...cause, choose: "star", score_until: at("10"), places: "2", propose_until: at("05") };
  const three = { ...around, count: 3 };
  const { cause: read, errors } = readCause(entries, three);
  assert.deepEqual(errors, {});
  const unix = (day: string) => Math.floor(new Date(at(day)).getTime() / 1000);
  assert.deepEqual(read.deliberation, { alternatives: 3, proposals: { places: 2, until: unix("05") }, score_until: unix("10") });
  assert.equal(readCause(cause, three).cause.deliberation, undefined);
  for (const [wrong, name] of [
    [{ alternatives: "4" }, "alternatives"],
    [{ alternatives: "1", places: "0" }, "alternatives"],
    [{ places: "4" }, "places"],
    [{ score_until: "" }, "score_until"],
    [{ propose_until: "" }, "propose_until"],
    [{ propose_until: at("11") }, "propose_until"],
  ] as const) {
    assert.deepEqual(Object.keys(readCause({ ...entries, ...wrong }, three).errors), [name], JSON.stringify(wrong));
  }
  assert.deepEqual(Object.keys(readCause({ ...entries, places: "0" }, { ...around, count: 1 }).errors), ["alternatives"]);
});

test("an earlier cause may be named", () => {
  const named = readCause({ ...cause, relation: "follows", relation_cause: "3" }, around);
  assert.deepEqual(named.errors, {});
  assert.deepEqual(named.cause.relation, { follows: { cause: 3 } });
  const wrong = readCause({ ...cause, relation: "counter_to", relation_cause: "0" }, around);
  assert.deepEqual(Object.keys(wrong.errors), ["relation_cause"]);
});

const withBonus = { stake_rule: "required", stake_amount: "2", forfeits_to: "everybody", bonus_sponsor: someone(7), bonus_amount: "0.5", bonus_before: local(CLOSE - 7_200) };

test("a refund bonus, in the coin of the stake", () => {
  const { action: made, errors } = readAction({ ...action, ...withBonus }, around, 0);
  assert.deepEqual(errors, {});
  assert.deepEqual(made.bonus, { sponsor: someone(7), per_pledge: "500000", before: CLOSE - 7_200 });
  assert.match(bundleWrong([made, made]) ?? "", /refund bonus/);
  // Beside others of its own cause, it says on what it depends.
  const beside = readAction({ ...action, ...withBonus, requires_own: "2" }, { ...around, count: 2 }, 0);
  assert.deepEqual([beside.errors, beside.action.requires], [{}, [{ own: 1 }]]);
  assert.match(bonusFacts(beside.action)[0]?.[1] ?? "", /nothing that it requires has failed by then/);
  assert.equal("bonus" in readAction({ ...action, ...withBonus, bonus_sponsor: "", bonus_amount: "", bonus_before: "" }, around, 0).action, false);
  assert.equal("bonus" in readAction({ ...action, ...withBonus, stake_rule: "none" }, around, 0).action, false);
  for (const [entry, field] of [
    [{ lock: "0" }, "bonus_sponsor"],
    [{ schedule: "at_trigger", pledge_until: "", lock: "0" }, "bonus_sponsor"],
    [{ requires_actions: "2" }, "bonus_sponsor"],
    [{ counterpart: someone(8) }, "bonus_sponsor"],
    [{ confirm_window: "1" }, "bonus_sponsor"],
    [{ bonus_sponsor: "" }, "bonus_sponsor"],
    [{ bonus_sponsor: encode("wasm", new Uint8Array(32)) }, "bonus_sponsor"],
    [{ bonus_amount: "0" }, "bonus_amount"],
    [{ bonus_before: "" }, "bonus_before"],
    [{ bonus_before: local(NOW - 3_600) }, "bonus_before"],
    [{ bonus_before: local(CLOSE + 60) }, "bonus_before"],
  ] as [Entries, string][]) {
    assert.deepEqual(Object.keys(readAction({ ...action, ...withBonus, ...entry }, around, 0).errors), [field], JSON.stringify(entry));
  }
});
