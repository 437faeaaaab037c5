// Coins, thresholds, addresses, refusals: what the island computes and says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { toBech32 } from "@cosmjs/encoding";
import { Refusal } from "../../web/src/api.js";
import { address, encode } from "../../web/src/bech32.js";
import { feeFor, parseAmount, setDenoms, showCoin, showCoins } from "../../web/src/coins.js";
import * as limits from "../../web/src/create/limits.js";
import { refusedBy, sentence, sentenceOf } from "../../web/src/refusals.js";
import { pledgeReview } from "../../web/src/review/pledge.js";
import { returnsOf } from "../../web/src/review/returns.js";
import { atGoal, meaning, nearest, onGrid } from "../../web/src/thresholds.js";
import type { Action, Bucket, Cause } from "../../web/src/types.js";
import { findProviders } from "../../web/src/wallet/provider.js";

const schema = (file: string) => readFileSync(new URL(`../../schema/src/causes/${file}`, import.meta.url), "utf8");
setDenoms([
  { denom: "umust", symbol: "MUST", display: "must", exponent: 6 },
  { denom: "piece", symbol: "PIECE", display: "piece", exponent: 0 },
]);

test("coins are exact, and an unknown denom is marked", () => {
  const shown = ["0", "1", "2500000", "1234567000000", "340282366920938463463374607431768211455"].map((amount) =>
    showCoin({ denom: "umust", amount }),
  );
  assert.deepEqual(shown, ["0 MUST", "0.000001 MUST", "2.5 MUST", "1,234,567 MUST", "340,282,366,920,938,463,463,374,607,431,768.211455 MUST"]);
  assert.equal(showCoin({ denom: "ibc/AB", amount: "5000" }), "5,000 ibc/AB (unverified denom)");
  assert.equal(showCoins([]), "nothing");
  assert.equal(showCoins([{ denom: "umust", amount: "0" }]), "nothing");
});

test("typed amounts are read strictly", () => {
  const good: [string, bigint][] = [["10", 10_000_000n], ["2.5", 2_500_000n], [" 0.000001 ", 1n], ["1.10", 1_100_000n], ["007", 7_000_000n]];
  for (const [typed, amount] of good) assert.equal(parseAmount(typed, "umust"), amount, typed);
  for (const typed of ["", "-1", "+1", "1e3", "1,5", "1 000", ".5", "5.", "0x10", "1.0000001", "∞", "١"]) {
    assert.equal(typeof parseAmount(typed, "umust"), "string", typed);
  }
  assert.equal(parseAmount("3", "piece"), 3n);
  assert.equal(parseAmount("3.1", "piece"), "PIECE has no decimal places.");
});

test("fees are rounded up, without floating point", () => {
  assert.equal(feeFor(130_000, "0.025"), 3_250n);
  assert.equal(feeFor(130_001, "0.025"), 3_251n);
  assert.equal(feeFor(3, "1"), 3n);
  assert.equal(feeFor(1, "0.000000000000000001"), 1n);
  assert.throws(() => feeFor(1, "1e-3"));
});

test("the grid: 0 to 100 by 1, then two digits that count", () => {
  let points = 0;
  for (let n = 0; n <= 990_000; n += 1) if (onGrid(n)) points += 1;
  assert.equal(points, 460);
  assert.deepEqual([nearest(1234), nearest(101), nearest(99), nearest(999), nearest(99_999), nearest(995_000)], [
    [1200, 1300],
    [100, 110],
    [99],
    [990, 1000],
    [99_000, 100_000],
    [990_000],
  ]);
  assert.deepEqual([1, 2, 100, 102, 1_235, 5_000_000].map(atGoal), [0, 1, 99, 100, 1_200, 990_000]);
});

/** K* by trying every size. */
function committed(thresholds: readonly number[]): number {
  for (let k = thresholds.length; k > 0; k -= 1) if (thresholds.filter((t) => t <= k).length >= k) return k;
  return 0;
}

test("how many more tip it: exactly so many, and one fewer don't", () => {
  // A small generator of its own, so that a failure can be repeated.
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 3_000; round += 1) {
    const goal = 1 + random(8);
    const all = Array.from({ length: random(14) }, () => Math.max(random(16) + 1, goal));
    const curve: Bucket[] = [...new Set(all)].map((threshold) => ({ threshold, pledges: all.filter((t) => t === threshold).length }));
    const needs = random(16);
    const { size, others, more } = meaning(goal, curve, needs);
    assert.equal(size, Math.max(needs + 1, goal));
    assert.equal(others, all.filter((t) => t <= size).length);
    const withMore = (n: number) => committed([...all, size, ...Array.from({ length: n }, () => goal)]);
    assert.ok(withMore(more) >= size, `${more} more don't tip ${needs} at goal ${goal} among ${all}`);
    if (more > 0) assert.ok(withMore(more - 1) < size, `${more - 1} more tip ${needs} at goal ${goal} among ${all}`);
  }
  // "You act when 40 others do; now 26 would; 14 more tip it."
  assert.deepEqual(meaning(1, [{ threshold: 1, pledges: 26 }], 40), { size: 41, others: 26, more: 14 });
});

test("addresses in one spelling, and none that a typing error made", () => {
  for (const length of [20, 32]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
    const made = encode("wasm", bytes);
    assert.equal(made, toBech32("wasm", bytes));
    assert.equal(address(` ${made.toUpperCase()} `, "wasm"), made);
    for (const wrong of [made.slice(0, -1), `${made}q`, made.replace(/.$/, (c) => (c === "q" ? "p" : "q")), made.replace("wasm", "cosmos"), made.slice(0, 6) + made.slice(6).toUpperCase()]) {
      assert.equal(address(wrong, "wasm"), null, wrong);
    }
  }
  assert.equal(address(toBech32("wasm", new Uint8Array(21)), "wasm"), null);
  assert.equal(address("", "wasm"), null);
});

test("every refusal of the contract has a sentence of its own, and no raw log is in it", () => {
  const codes = [...schema("error.rs").matchAll(/#\[error\("(\w+): /g)].map((m) => m[1] as string);
  assert.ok(codes.length > 20);
  const unknown = sentenceOf("something else");
  const sentences = codes.map((code) => {
    const raw = `failed to execute message; message index: 0: ${code}: action 3 is acting, allowed is pledging or locked: execute wasm contract failed [CosmWasm/wasmd@v0.61.14/x/wasm/keeper/keeper.go:431] with gas used: '12'`;
    assert.equal(refusedBy(raw)?.code, code);
    assert.equal(refusedBy(raw)?.detail, "action 3 is acting, allowed is pledging or locked");
    const said = sentenceOf(raw);
    assert.notEqual(said, unknown, code);
    assert.doesNotMatch(said, /keeper|wasmd|gas used|message index|_/, code);
    return said;
  });
  assert.equal(new Set(sentences).size, codes.length);
});

test("what the chain's own modules say is a sentence too", () => {
  const raws: [string, RegExp][] = [
    ["account sequence mismatch, expected 5, got 4: incorrect account sequence", /on its way/],
    ["spendable balance 5umust is smaller than 10umust: insufficient funds", /enough coins/],
    ["out of gas in location: wasm contract; gasWanted: 1, gasUsed: 2: out of gas", /ran out of gas/],
    ["insufficient fees; got: 1umust required: 2umust: insufficient fee", /fee was too low/],
    ["rpc error: anything at all", /doesn't know/],
  ];
  for (const [raw, said] of raws) assert.match(sentence(new Refusal(400, "the chain refused the transaction", raw)), said);
  assert.equal(sentence(new Error("Request rejected")), "You didn't sign. Nothing was sent.");
  assert.match(sentence(new Refusal(429, "slow down")), /wait a moment/i);
  assert.match(sentence(new Refusal(502, "no node of the chain answers")), /can't reach the chain/);
});

test("the form's bounds are the contract's", () => {
  const there = schema("limits.rs");
  const value = (text: string): bigint => {
    if (text.includes("u128::MAX")) return (2n ** 128n - 1n) >> 32n;
    return text.replace(/_/g, "").split("*").reduce((product, factor) => product * BigInt(factor.trim()), 1n);
  };
  for (const [name, mine] of Object.entries(limits)) {
    const found = new RegExp(`pub const ${name}: \\w+ = ([^;]+);`).exec(there)?.[1];
    assert.ok(found, name);
    assert.equal(BigInt(mine), value(found), name);
  }
});

test("what may come back of a stake", () => {
  const action = (forfeits_to: string): Action =>
    ({ stake: { denom: "umust", amount: "10000000" }, forfeits_to, fulfilment: "attested" }) as unknown as Action;
  const best = (to: string) => returnsOf(action(to), 200)?.best;
  // S − 1 % for keepers, − 2 % of the rest, shared among as many as broke it.
  assert.match(best("cooperators") ?? "", /^Up to 19\.702 MUST/);
  assert.match(best("everybody") ?? "", /^Up to 19\.701999 MUST/);
  assert.match(best("address") ?? "", /^10 MUST, your whole stake\.$/);
  assert.equal(returnsOf({ stake: null } as unknown as Action, 200), undefined);
});

test("the review of a pledge: condition, dates in two zones, and how to leave", () => {
  const action = {
    id: 4,
    label: "Act",
    description: "You act.",
    goal: 3,
    schedule: { kind: "at_close", pledge_until: 1_800_000_000, hold: null },
    lock: 3_600,
    act_window: 86_400,
    report_window: 3_600,
    phase: "pledging",
    stake: null,
    fulfilment: "honor",
    requires: [],
    by_message: false,
    act_from: null,
  } as unknown as Action;
  const cause = { title: "Turn \u202eit", fee_bps: 0 } as Cause;
  const choice = { needsOthers: 5, staked: false, curve: [{ threshold: 3, pledges: 2 }] };
  const review = pledgeReview(cause, action, choice);
  const fact = (name: string) => review.facts.find(([term]) => term === name)?.[1] ?? "";
  assert.deepEqual(review.promise, ["I will do this if at least 6 people, me among them, do:"]);
  assert.equal(fact("Your condition"), "You act when 5 others do; now 2 would; 3 more tip it.");
  assert.equal(fact("Others’ conditions"), "2 people ask for a crowd of 3, the goal");
  assert.match(fact("Bound"), /^At the close, .*15 Jan 2027/);
  assert.match(fact("Time to act"), /15 Jan 2027.* to 16 Jan 2027/);
  assert.match(review.leave, /^Until .*15 Jan 2027.*, when it locks, and while you aren't bound/);
  assert.equal(review.returns, undefined);
  // A mark that turns the direction of writing is shown, not obeyed.
  assert.equal(review.quote?.by, "“\u2068Turn \ufffdit\u2069” asks");
  const together = pledgeReview(cause, { ...action, by_message: true, requires: [7, 8] }, choice);
  const names = together.facts.map(([term, text]) => `${term}: ${text}`).join("\n");
  assert.match(names, /Only together with: action 7, action 8/);
  assert.match(names, /Time to act: 1 day from then on/);
});

test("wallets are found by their shape, each once", () => {
  const shape = { enable() {}, getKey() {}, signDirect() {} };
  const amino = { enable() {}, getKey() {}, signAmino() {} };
  const host = Object.defineProperty(
    { somethingElse: { enable() {} }, keplr: shape, alias: shape, cosmostation: { providers: { keplr: amino } }, name: "x", nothing: null },
    "trap",
    { enumerable: true, get: () => assert.fail("a getter that nobody knows was read") },
  );
  assert.deepEqual(findProviders(host).map(({ id, provider }) => [id, provider]), [
    ["keplr", shape],
    ["cosmostation", amino],
  ]);
});
