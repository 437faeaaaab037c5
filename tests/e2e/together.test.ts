// Actions that require one another, on a real chain: a strike with two roles, three milestones with
// one person in two of them, and our office that signs if theirs does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Wallet } from "../../scripts/lib/chain.js";
import { attribute } from "../../scripts/lib/chain.js";
import { Stack, eventually, newAction } from "../lib/stack.js";

let stack: Stack;
const people: Wallet[] = [];

before(async () => {
  stack = await Stack.start();
  for (let i = 0; i < 4; i++) people.push(await stack.person());
});

after(async () => await stack?.stop());

const [ann, bob, cas, dan] = [0, 1, 2, 3].map((i) => () => people[i] as Wallet) as [
  () => Wallet,
  () => Wallet,
  () => Wallet,
  () => Wallet,
];
const pledge = (who: Wallet, action: number) => stack.send(who, { pledge: { action, needs_others: 0 } });
const soon = (seconds: number) => ({ at_close: { pledge_until: Math.floor(Date.now() / 1000) + seconds } });

test("a strike with two roles: both counters reach their goals, or nobody is bound", async () => {
  for (const supported of [true, false]) {
    const schedule = soon(20);
    const { cause, action } = await stack.cause(dan(), [
      newAction({ label: "Strike", goal: 2, schedule, requires: [{ own: 1 }] }),
      newAction({ label: "Bring food", goal: 1, schedule, requires: [{ own: 0 }] }),
    ]);
    await pledge(ann(), action);
    await pledge(bob(), action);
    if (supported) await pledge(cas(), action + 1);
    const phase = supported ? "acting" : "failed";
    const strike = await stack.action(cause, action, phase, (a) => a.phase === phase);
    const food = await stack.action(cause, action + 1, phase, (a) => a.phase === phase);
    assert.deepEqual([strike.committed, food.committed], supported ? [2, 1] : [0, 0]);
    assert.deepEqual([strike.requires, food.requires], [[action + 1], [action]]);
    if (!supported) await stack.send(ann(), { withdraw: { action } });
  }
});

test("three milestones, one person in two: each binds at its own goal", async () => {
  const schedule = soon(20);
  const { cause, action } = await stack.cause(dan(), [
    newAction({ label: "Ten streets", goal: 1, schedule }),
    newAction({ label: "Twenty streets", goal: 2, schedule, requires: [{ own: 0 }] }),
    newAction({ label: "All streets", goal: 3, schedule, requires: [{ own: 1 }] }),
  ]);
  await pledge(ann(), action);
  await pledge(ann(), action + 1);
  await pledge(bob(), action + 1);
  await pledge(cas(), action + 2);
  const phases = ["acting", "acting", "failed"];
  for (const [i, phase] of phases.entries()) {
    await stack.action(cause, action + i, phase, (a) => a.phase === phase);
  }
});

test("our office signs if theirs does: a counterpart answers, and a message binds both", async () => {
  const ours = await stack.cause(ann(), [newAction({ label: "We sign", counterpart: bob().address })]);
  await assert.rejects(pledge(ann(), ours.action), /no_counterpart/);
  const wanted = [newAction({ label: "They sign", requires: [{ action: ours.action }] })];
  await assert.rejects(stack.cause(cas(), wanted), /bad_requirement/);
  const theirs = await stack.cause(bob(), wanted);
  const open = await stack.action(ours.cause, ours.action, "open", (a) => a.takes_pledges);
  assert.deepEqual(open.requires, [theirs.action]);
  await pledge(ann(), ours.action);
  await assert.rejects(stack.send(dan(), { activate: { action: ours.action } }), /not_ready/);
  await pledge(bob(), theirs.action);
  await stack.action(ours.cause, ours.action, "ready", (a) => a.can_activate);
  const sent = await stack.send(dan(), { activate: { action: theirs.action } });
  assert.equal(attribute(sent, "wasm-muster_activated", "committed"), "1");
  for (const { cause, action } of [ours, theirs]) {
    await stack.action(cause, action, "bound", (a) => a.phase === "acting" && a.activated_at !== null);
  }
});

test("the page says what binds together", async () => {
  const page = await eventually("the page", async () => {
    const response = await fetch(`${stack.base}/causes/1`);
    return response.ok ? await response.text() : null;
  });
  assert.match(page, /Only together with/);
  assert.match(page, /href="\/actions\/2"/);
});

test("a cause that missed its goal is followed by one that is smaller, and both pages say so", async () => {
  const failed = await stack.cause(dan(), [newAction({ goal: 3, schedule: soon(6) })], { title: "All of the United States" });
  const relation = { follows: { cause: failed.cause } };
  const next = await stack.cause(dan(), [newAction({ goal: 1 })], { title: "California first", relation });
  await stack.action(failed.cause, failed.action, "failed", (a) => a.phase === "failed");
  const later = await stack.get(`/v1/causes/${next.cause}`);
  assert.deepEqual(later.relation, { kind: "follows", cause: failed.cause });
  const earlier = await stack.get(`/v1/causes/${failed.cause}`);
  assert.deepEqual(earlier.related, [{ kind: "follows", cause: next.cause }]);
  const page = async (cause: number) => await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(await page(failed.cause), /Followed by: <a href="\/causes\/\d+" lang="en"><bdi>California first/);
  assert.match(await page(next.cause), /Follows: <a href="\/causes\/\d+" lang="en"><bdi>All of the United States/);
});
