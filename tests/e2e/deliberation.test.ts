// A state chosen by vote, on a real chain: members propose another one, score, the others are
// dropped and paid back, and then so many people (20,000, scaled down to three) trigger five years
// to act in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Wallet } from "../../scripts/lib/chain.js";
import { attribute } from "../../scripts/lib/chain.js";
import { Stack, eventually, newAction } from "../lib/stack.js";

const FIVE_YEARS = 5 * 365 * 24 * 3_600;
const STAKE = { denom: "umust", amount: "1000" };

let stack: Stack;
const people: Wallet[] = [];

before(async () => {
  stack = await Stack.start();
  for (let i = 0; i < 7; i++) people.push(await stack.person());
});

after(async () => await stack?.stop());

const person = (i: number): Wallet => people[i] as Wallet;
const pledge = (i: number, action: number) => stack.send(person(i), { pledge: { action, needs_others: 0 } }, [STAKE]);
const score = (i: number, cause: number, scores: number[]) => stack.send(person(i), { score: { cause, scores } });

const move = (label: string): object =>
  newAction({
    label: `Move to ${label}`,
    goal: 3,
    act_window: FIVE_YEARS,
    stake: { rule: "required", coin: STAKE },
    forfeits_to: { everybody: {} },
  });

test("a state is chosen by STAR, one that a member proposed, and then three people have five years", async () => {
  const now = Math.floor(Date.now() / 1000);
  const deliberation = {
    alternatives: 2,
    proposals: { places: 1, until: now + 60 },
    score_until: now + 105,
  };
  const { cause, action } = await stack.cause(person(6), [move("Vermont"), move("Wyoming")], { deliberation });
  const [vermont, wyoming, hampshire] = [action, action + 1, action + 2] as [number, number, number];
  await assert.rejects(score(0, cause, [5, 0]), /not_deliberating/);
  await Promise.all([0, 1, 2, 3, 4, 5].map((i) => pledge(i, i < 4 ? vermont : wyoming)));
  await assert.rejects(stack.send(person(6), { propose: { cause, action: move("New Hampshire") } }), /not_member/);
  await stack.send(person(0), { propose: { cause, action: move("New Hampshire") } });
  await Promise.all([1, 2, 3, 4].map((i) => stack.send(person(i), { second: { cause, proposal: 1 } })));
  const last = await stack.send(person(5), { second: { cause, proposal: 1 } });
  assert.equal(attribute(last, "wasm-muster_seconded", "action"), String(hampshire));
  await stack.action(cause, hampshire, "an alternative", (a) => a.takes_pledges);
  // Two who pledged to others pledge to it as well; it can't bind before the choice.
  await Promise.all([3, 4, 5].map((i) => pledge(i, hampshire)));
  await eventually("scoring", async () => {
    const { view } = await stack.get(`/v1/causes/${cause}`);
    return view.time >= deliberation.proposals.until ? true : null;
  }, 90);
  // Vermont is loved by three and hated by three; everybody can live with New Hampshire.
  await Promise.all([0, 1, 2, 3, 4, 5].map((i) => score(i, cause, i < 3 ? [5, 0, 4] : [0, 3, 5])));
  await score(5, cause, [0, 4, 5]);
  await assert.rejects(score(5, cause, [5, 5]), /out_of_range/);
  const before = await stack.action(cause, hampshire, "scored", (a) => a.phase === "pledging");
  assert.equal(before.active, false);

  await stack.action(cause, vermont, "dropped", (a) => a.phase === "dropped", 120);
  const told = (await stack.get(`/v1/causes/${cause}`)).deliberation;
  assert.deepEqual([told.chosen, told.runner_up, told.ballots], [hampshire, vermont, 6]);
  assert.deepEqual(told.alternatives.map((a: { score: number }) => a.score), [15, 10, 27]);
  const had = await stack.balance(person(0).address);
  await stack.send(person(6), { claim: { action: vermont, person: person(0).address } });
  assert.equal((await stack.balance(person(0).address)) - had, 1000n);
  await stack.send(person(4), { withdraw: { action: wyoming } });

  const chosen = await stack.action(cause, hampshire, "acting", (a) => a.phase === "acting", 60);
  assert.ok(chosen.activated_at >= deliberation.score_until + 2, "the hold counts from the choice");
  assert.equal(chosen.report_from - chosen.activated_at, FIVE_YEARS);
  assert.equal(chosen.committed, 3);
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /Into the runoff went the two with the highest sums: Move to New Hampshire with 27, Move to Vermont with 15\./);
  assert.match(page, /Not chosen/);
});
