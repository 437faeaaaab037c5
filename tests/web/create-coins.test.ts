// The form of a cause that collects coins for a purpose: what is refused next to which entry, and what is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../web/src/bech32.js";
import { setDenoms } from "../../web/src/coins.js";
import { type Around, type Entries, bundleWrong, readAction } from "../../web/src/create/read.js";
import { createReview } from "../../web/src/create/review.js";

setDenoms([{ denom: "umust", symbol: "MUST", display: "must", exponent: 6 }]);
const someone = (n: number) => encode("wasm", new Uint8Array(20).fill(n));
const NOW = 1_700_000_000;
const CONTRACT = encode("wasm", new Uint8Array(32));
const around: Around = { prefix: "wasm", taken: { creator: someone(1), contract: CONTRACT }, now: NOW, count: 1 };
const SHA = "ab".repeat(32);

const land: Entries = {
  label: "The land",
  description: "The meadow behind the school.",
  unit: "coins",
  // What counting people would need, and coins don't.
  goal: "",
  act_window: "",
  report_window: "",
  confirm_window: "9",
  stake_rule: "required",
  fulfilment: "attested",
  schedule: "at_trigger",
  pledge_until: "",
  hold: "1",
  hold_unit: "86400",
  lock: "0",
  lock_unit: "3600",
  coins_min: "500",
  coins_denom: "umust",
  coins_goal: "20000",
  coins_max: "",
  beneficiary: someone(1),
};
const document: Entries = { document_uri: "https://example.org/a.pdf", document_sha256: SHA.toUpperCase(), document_percent: "2.5", document_recipient: someone(3) };

test("land at 500 each", () => {
  const { action, errors } = readAction(land, around, 0);
  assert.deepEqual(errors, {});
  assert.deepEqual(action, {
    label: "The land",
    description: "The meadow behind the school.",
    unit: { coins: { denom: "umust", min: "500000000", beneficiary: someone(1) } },
    goal: 40,
    schedule: { at_trigger: { hold: 86_400, pledge_until: null } },
    lock: 0,
    act_window: 0,
    report_window: 0,
    fulfilment: { honor: {} },
  });
  const capped = readAction({ ...land, ...document, gate_list: someone(4), coins_max: "30000", pledge_until: "2033-01-01T00:00", lock: "24" }, around, 0);
  assert.deepEqual(capped.errors, {});
  assert.equal(capped.action.max, 60);
  assert.deepEqual(capped.action.gate, { list: [someone(4)] });
  assert.deepEqual(capped.action.unit?.coins.document, { uri: "https://example.org/a.pdf", sha256: SHA, bps: 250, recipient: someone(3) });
});

const rows: [entry: Entries, field: string, says: RegExp][] = [
  [{ coins_min: "" }, "coins_min", /number such as/],
  [{ coins_min: "0" }, "coins_min", /More than nothing/],
  [{ coins_min: "9".repeat(30) }, "coins_min", /more than the contract/],
  [{ coins_goal: "" }, "coins_goal", /number such as/],
  [{ coins_goal: "20250" }, "coins_goal", /multiple/],
  [{ coins_goal: "0" }, "coins_goal", /multiple/],
  [{ coins_goal: "500500000000" }, "coins_goal", /At most 500,000,000,000 MUST/],
  [{ coins_max: "20000.5" }, "coins_max", /multiple/],
  [{ coins_max: "19500" }, "coins_max", /Not less/],
  [{ coins_max: "20000" }, "coins_max", /needs a close/],
  [{ coins_max: "20000", pledge_until: "2033-01-01T00:00" }, "coins_max", /needs a lock/],
  [{ beneficiary: "" }, "beneficiary", /isn't an address/],
  [{ beneficiary: CONTRACT }, "beneficiary", /contract itself/],
  [{ ...document, document_uri: "" }, "document_uri", /Write something/],
  [{ ...document, document_sha256: "ab" }, "document_sha256", /64 hexa/],
  [{ ...document, document_percent: "0" }, "document_percent", /From 0.01 to 20 %/],
  [{ ...document, document_percent: "20.01" }, "document_percent", /From 0.01/],
  [{ ...document, document_percent: "" }, "document_percent", /From 0.01/],
  [{ ...document, document_recipient: someone(1) }, "document_recipient", /Somebody else/],
  [{ ...document, document_recipient: "" }, "document_recipient", /isn't an address/],
];
for (const [entry, field, says] of rows) {
  test(`refused next to ${field}: ${JSON.stringify(entry).slice(0, 60)}`, () => {
    const { errors } = readAction({ ...land, ...entry }, around, 0);
    assert.deepEqual(Object.keys(errors), [field]);
    assert.match(errors[field] ?? "", says);
  });
}

test("a refund bonus, in the coin that is given", () => {
  const close = { pledge_until: "2033-01-01T00:00", lock: "24" };
  const bonus = { bonus_sponsor: someone(7), bonus_amount: "0.5", bonus_before: "2032-12-01T00:00" };
  const { action, errors } = readAction({ ...land, ...close, ...bonus }, around, 0);
  assert.deepEqual([errors, action.bonus?.per_pledge], [{}, "500000"]);
  const cause = { title: "Land", summary: "We buy it.", language: "en", text: "All.", cancel: "never", actions: [action] };
  assert.match(new Map(createReview(cause, []).facts).get("Refund bonus") ?? "", /up to 0.5 MUST to each who pledges before/);
  // It needs a close and a lock here too.
  assert.deepEqual(Object.keys(readAction({ ...land, ...bonus }, around, 0).errors), ["bonus_sponsor"]);
  assert.deepEqual(Object.keys(readAction({ ...land, ...close, ...bonus, lock: "0" }, around, 0).errors), ["bonus_sponsor"]);
});

test("the review says every amount in coins, and where they go", () => {
  const { action } = readAction({ ...land, ...document }, around, 0);
  const cause = { title: "Land", summary: "We buy it.", language: "en", text: "All.", cancel: "never", actions: [action] };
  const said = new Map(createReview(cause, []).facts);
  assert.equal(said.get("Goal"), "20,000 MUST");
  assert.match(said.get("Each gives") ?? "", /500 MUST/);
  assert.match(said.get("Goes to") ?? "", new RegExp(someone(1)));
  assert.match(said.get("By https://example.org/a.pdf") ?? "", /2.5 % of what is released/);
  assert.ok(!said.has("Stake") && !said.has("Then"));
  assert.match(bundleWrong([action, action]) ?? "", /count people/);
});

const judged: Entries = {
  ...land,
  act_window: "30",
  act_window_unit: "86400",
  report_window: "7",
  report_window_unit: "86400",
  outcome: "vote",
  outcome_verdict: someone(8),
  outcome_electorate: "jury",
  outcome_community: "7",
  outcome_jury: "12",
  judge_window: "30",
  judge_window_unit: "86400",
  coins_release: "tranches",
  coins_parts: "33.33, 33.33; 33.34",
};

test("coins that an answer releases: in parts, or on success", () => {
  const { action, errors } = readAction(judged, around, 0);
  assert.deepEqual(errors, {});
  assert.deepEqual(action.unit?.coins.release, { tranches: { parts: [3_333, 3_333, 3_334] } });
  assert.deepEqual([action.act_window, action.report_window, action.fulfilment], [2_592_000, 604_800, { honor: {} }]);
  assert.deepEqual(action.outcome, { by: { vote: { verdict: someone(8), electorate: { jury: { size: 12, community: 7 } } } }, judge_window: 2_592_000 });
  const { action: whole, errors: none } = readAction({ ...judged, coins_release: "on_success", outcome: "attested", outcome_attestors: `${someone(4)} ${someone(5)}`, outcome_quorum: "2" }, around, 0);
  assert.deepEqual(none, {});
  assert.deepEqual(whole.unit?.coins.release, { on_success: {} });
  const cause = { title: "Land", summary: "We buy it.", language: "en", text: "All.", cancel: "never", actions: [action] };
  const said = new Map(createReview(cause, []).facts);
  assert.match(said.get("Goes to") ?? "", /in parts of 33.33 %, 33.33 %, 33.34 %/);
  assert.match(said.get("Did it succeed") ?? "", /a jury of 12/);
});

const judgedRows: [entry: Entries, field: string, says: RegExp][] = [
  [{ outcome: "none" }, "outcome", /on that the coins wait/],
  [{ outcome: "attested", outcome_attestors: `${someone(4)} ${someone(5)}`, outcome_quorum: "2" }, "outcome", /a question of its own/],
  [{ outcome_electorate: "pledgers" }, "outcome_electorate", /can't judge the parts/],
  [{ coins_parts: "100" }, "coins_parts", /2 to 8/],
  [{ coins_parts: "50, 49" }, "coins_parts", /make 100/],
  [{ coins_parts: "50, x, 50" }, "coins_parts", /above 0/],
  [{ act_window: "0" }, "act_window", /no time/],
  [{ beneficiary: someone(4), coins_release: "on_success", outcome: "attested", outcome_attestors: `${someone(4)} ${someone(5)}`, outcome_quorum: "2" }, "outcome_attestors", /can't attest/],
];
for (const [entry, field, says] of judgedRows) {
  test(`refused next to ${field}, where an answer releases: ${JSON.stringify(entry).slice(0, 50)}`, () => {
    const { errors } = readAction({ ...judged, ...entry }, around, 0);
    assert.deepEqual(Object.keys(errors), [field]);
    assert.match(errors[field] ?? "", says);
  });
}
