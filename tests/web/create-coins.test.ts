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
