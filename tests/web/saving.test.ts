// A percentage of what institutions save: who may state it, how amounts are typed, and the form's fields.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../web/src/bech32.js";
import { setDenoms } from "../../web/src/coins.js";
import { type Around, type Entries, readAction } from "../../web/src/create/read.js";
import { createReview } from "../../web/src/create/review.js";
import { type Me, offers } from "../../web/src/offers/which.js";
import { dueOf, savingReview, showMoney, typedCurrency, typedMoney } from "../../web/src/review/saving.js";
import type { Action, Cause } from "../../web/src/types.js";

setDenoms([{ denom: "umust", symbol: "MUST", display: "must", exponent: 6 }]);
const someone = (n: number) => encode("wasm", new Uint8Array(20).fill(n));
const [ME, OTHER] = [someone(1), someone(2)] as [string, string];
const SHA = "ab".repeat(32);
const document = { uri: "https://example.org/a.pdf", sha256: SHA, bps: 500, recipient: "the free journal" };

test("money is typed as people write it, and counted in hundredths", () => {
  const good: [string, bigint][] = [
    ["120000", 12_000_000n],
    ["120,000", 12_000_000n],
    ["1,234,567.8", 123_456_780n],
    [" 0.05 ", 5n],
    ["0", 0n],
  ];
  for (const [typed, sum] of good) assert.equal(typedMoney(typed), sum, typed);
  for (const bad of ["", "-1", "1.005", "1e6", "12,00", ",100", "1.000,50", "€5", "1 000"]) assert.match(String(typedMoney(bad)), /A number such as/, bad);
  assert.match(String(typedMoney("9".repeat(30))), /more than the contract/);
  const shown = [0n, 5n, 50n, 100n, 12_000_005n].map((n) => showMoney(n, "EUR"));
  assert.deepEqual(shown, ["0 EUR", "0.05 EUR", "0.50 EUR", "1 EUR", "120,000.05 EUR"]);
  assert.deepEqual(["eur", " USD ", "E UR", "€", "", "A".repeat(17)].map(typedCurrency), ["EUR", "USD", null, null, null, null]);
  assert.deepEqual([dueOf(12_000_000n, 500), dueOf(19n, 500)], [600_000n, 0n]);
});

const action = (extra: Partial<Action>): Action =>
  ({ id: 1, label: "Leave it", phase: "settled", active: true, next_boundary: null, attestors: [ME], requires: [], held: [], stake: null, bonus: null, totals_fixed: true, totals: null, saving: { document }, ...extra }) as Action;
const me = (address = ME): Me => ({ address, pledge: null, others: [], complete: true });
const kinds = (one: Action, who = me()): string[] => offers(one, who, 1_000, [one]).map((offer) => offer.kind);

test("attestors state savings from activation on, for as long as anybody saves", () => {
  assert.deepEqual(kinds(action({})), ["state_saving"]);
  assert.deepEqual(kinds(action({}), me(OTHER)), []);
  assert.deepEqual(kinds(action({ saving: null })), []);
  assert.deepEqual(kinds(action({ active: false, phase: "failed" })), []);
  const judging = { attestors: [ME], answer: "yes", judge_by: 900 } as Action["judging"];
  assert.deepEqual(kinds(action({ attestors: [], judging })), ["state_saving"], "those of the outcome too");
});

test("the review says what is due, and that no coin moves", () => {
  const cause = { id: 1, title: "Leave the journal" } as Cause;
  const evidence = { uri: "https://example.org/r.pdf", sha256: SHA };
  const said = savingReview(cause, action({}), { person: OTHER, currency: "USD", saved: 12_000_000n, paid: 600_000n, evidence });
  assert.match(said.promise.join(" "), /saved 120,000 USD, and paid 6,000 USD of what is due/);
  const facts = new Map(said.facts);
  assert.match(facts.get("Due of it") ?? "", /6,000 USD, to .*the free journal/);
  assert.equal(facts.get("Who saved"), OTHER);
  assert.equal(facts.get("Evidence"), evidence.uri);
  assert.match(facts.get("Coins") ?? "", /none move/);
});

const around: Around = { prefix: "wasm", taken: { creator: ME, contract: encode("wasm", new Uint8Array(32)) }, now: 1_700_000_000, count: 1 };
const leave: Entries = {
  label: "Leave it",
  description: "You don't renew it.",
  unit: "people",
  goal: "2",
  schedule: "at_close",
  pledge_until: "2033-01-01T00:00",
  lock: "0",
  lock_unit: "3600",
  confirm_window: "0",
  act_window: "30",
  act_window_unit: "86400",
  report_window: "7",
  report_window_unit: "86400",
  fulfilment: "attested",
  attestors: OTHER,
  quorum: "1",
  stake_rule: "none",
  saving_uri: document.uri,
  saving_sha256: SHA.toUpperCase(),
  saving_percent: "5",
  saving_recipient: " the free journal ",
};

test("the form's percentage of a saving, and its review", () => {
  const { action, errors } = readAction(leave, around, 0);
  assert.deepEqual(errors, {});
  assert.deepEqual(action.saving, document);
  const cause = { title: "Leave", summary: "We leave it.", language: "en", text: "All.", cancel: "never", actions: [action] };
  assert.match(new Map(createReview(cause, []).facts).get(`By ${document.uri}`) ?? "", /5 % of what each saves, to the free journal/);
  // Hidden fields don't count.
  assert.equal(readAction({ ...leave, fulfilment: "honor" }, around, 0).action.saving, undefined);
  const coins = { unit: "coins", coins_min: "1", coins_denom: "umust", coins_goal: "1", beneficiary: ME };
  assert.equal(readAction({ ...leave, ...coins }, around, 0).action.saving, undefined);
  const empty = { saving_uri: "", saving_sha256: "", saving_percent: "", saving_recipient: "" };
  assert.equal(readAction({ ...leave, ...empty }, around, 0).action.saving, undefined);
  const outcome = { fulfilment: "honor", outcome: "attested", outcome_attestors: OTHER, outcome_quorum: "1", judge_window: "30", judge_window_unit: "86400" };
  assert.deepEqual(readAction({ ...leave, ...outcome }, around, 0).action.saving, document);
});

for (const [entry, field, says] of [
  [{ saving_uri: "" }, "saving_uri", /Write something/],
  [{ saving_sha256: "ab" }, "saving_sha256", /64 hexa/],
  [{ saving_percent: "0" }, "saving_percent", /From 0.01 to 20 %/],
  [{ saving_percent: "20.01" }, "saving_percent", /From 0.01/],
  [{ saving_recipient: "" }, "saving_recipient", /Write something/],
  [{ saving_recipient: "é".repeat(61) }, "saving_recipient", /./],
] as [Entries, string, RegExp][]) {
  test(`refused next to ${field}: ${JSON.stringify(entry).slice(0, 40)}`, () => {
    const { errors } = readAction({ ...leave, ...entry }, around, 0);
    assert.deepEqual(Object.keys(errors), [field]);
    assert.match(errors[field] ?? "", says);
  });
}
