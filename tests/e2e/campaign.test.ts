// What there is around the counters, on a real chain: milestones in a bundle, a confirm window with
// somebody silent, a campaign fund, the registry, who brought whom, and a sponsor's refund bonus.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Wallet, attribute, chainTime } from "../../scripts/lib/chain.js";
import { Stack, eventually, newAction } from "../lib/stack.js";

const euro = (amount: number) => ({ denom: "ueuro", amount: String(amount) });
const STAKE = 1_000_000;
const staked = { stake: { rule: "required", coin: euro(STAKE) }, forfeits_to: { everybody: {} } };
const PLENTY = 1_000_000_000n;

let stack: Stack;
let creator: Wallet;
const page = async (path: string) => await (await fetch(stack.base + path)).text();
/** Its words alone. */
const plain = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const soon = async (seconds: number) => ({ at_close: { pledge_until: (await chainTime(creator)) + seconds } });
/** `n` people of one test alone: the tests run at once. */
const crowd = async (n: number) => {
  const all: Wallet[] = [];
  for (let i = 0; i < n; i++) all.push(await stack.person());
  return all as [Wallet, Wallet, Wallet, Wallet, Wallet];
};
const gain = async (one: Wallet, denom = "ueuro") => (await stack.balance(one.address, denom)) - PLENTY;

before(async () => {
  stack = await Stack.start();
  creator = await stack.person();
});

after(async () => await stack?.stop());

describe("around the counters", { concurrency: true }, () => {
  test("three milestones in a bundle: each binds at its own goal, and the one that doesn't keeps nobody's coins", async () => {
    const [ann, bob, cas] = await crowd(3);
    const schedule = await soon(24);
    const milestone = (label: string, goal: number, requires: object[]) =>
      newAction({ label, goal, schedule, requires, act_window: 600, ...staked });
    const actions = [
      milestone("Ten streets", 1, []),
      milestone("Twenty streets", 2, [{ own: 0 }]),
      milestone("All streets", 3, [{ own: 1 }]),
    ];
    const { cause, action } = await stack.cause(creator, actions, { bundle: true });
    const all = { pledge_bundle: { cause, needs_others: [0, 0, 0] } };
    await assert.rejects(stack.send(ann, { pledge: { action } }, [euro(STAKE)]), /bundled/);
    await assert.rejects(stack.send(ann, all, [euro(2 * STAKE)]), /wrong_coins/);
    for (const one of [ann, bob, cas]) await stack.send(one, all, [euro(3 * STAKE)]);
    await assert.rejects(stack.send(cas, { withdraw: { action: action + 2 } }), /bundled/);
    await stack.send(cas, { withdraw_bundle: { cause } });
    assert.equal(await gain(cas), 0n);
    assert.match(plain(await page(`/causes/${cause}`)), /In a bundle All actions of this cause are pledged together\. Each binds at its own goal\./);
    for (const [i, phase] of ["acting", "acting", "failed"].entries()) {
      await stack.action(cause, action + i, phase, (a) => a.phase === phase && a.pledged === 2);
    }
    // One takes it alone, of the other anybody sends it.
    await stack.send(ann, { withdraw: { action: action + 2 } });
    await stack.send(cas, { claim: { action: action + 2, person: bob.address } });
    await assert.rejects(stack.send(bob, { withdraw: { action } }), /bound/);
    for (const one of [ann, bob]) assert.equal(await gain(one), BigInt(-2 * STAKE));
    const held = await stack.action(cause, action + 2, "holds nothing", (a) => a.held.length === 0);
    assert.equal(held.committed, 0);
  });

  test("two that confirm as one: whoever stays silent is free, and the page counts how many may", async () => {
    const [ann, bob, cas] = await crowd(3);
    const schedule = await soon(16);
    const role = (label: string, requires: object[]) =>
      newAction({ label, goal: 1, schedule, requires, confirm_window: 18, act_window: 600 });
    const { cause, action } = await stack.cause(creator, [role("Strike", [{ own: 1 }]), role("Bring food", [{ own: 0 }])]);
    await stack.send(ann, { pledge: { action } });
    await stack.send(bob, { pledge: { action, needs_others: 1 } });
    await stack.send(cas, { pledge: { action: action + 1 } });
    const asked = await stack.action(cause, action, "confirming", (a) => a.phase === "confirming");
    // Of the two strikers the one who needs nobody suffices; whoever is silent might be that one.
    assert.deepEqual([asked.confirming.confirmed, asked.confirming.survives], [0, 0]);
    await assert.rejects(stack.send(bob, { withdraw: { action } }), /wrong_phase/);
    await stack.send(ann, { confirm: { action } });
    await assert.rejects(stack.send(ann, { confirm: { action } }), /already_done/);
    await stack.send(cas, { confirm: { action: action + 1 } });
    const heard = await stack.action(cause, action, "one has confirmed", (a) => a.confirming?.confirmed === 1);
    assert.equal(heard.confirming.survives, 1);
    const shown = plain(await page(`/causes/${cause}`));
    assert.match(shown, /1 of 2 have confirmed\./);
    for (const number of [action, action + 1]) {
      const bound = await stack.action(cause, number, "bound", (a) => a.phase === "acting");
      assert.equal(bound.committed, 1);
    }
    // Bob was silent: he is free, and bound to nothing.
    await stack.send(bob, { withdraw: { action } });
    await assert.rejects(stack.send(ann, { withdraw: { action } }), /bound/);
    const { pledges } = await stack.get(`/v1/causes/${cause}/pledges`);
    const bobs = pledges.find((p: { address: string }) => p.address === bob.address);
    assert.notEqual(bobs.status, "bound");
  });

  test("a campaign: gifts and spends in the open, words and votes, who brought whom, who had done it before", async () => {
    const [ann, bob, cas, stranger] = await crowd(4);
    const extra = { fund_to: stranger.address };
    const { cause, action } = await stack.cause(creator, [newAction({ goal: 50 }), newAction({ label: "Review for the open one", goal: 50 })], extra);
    await stack.send(ann, { support: { cause } }, [euro(2500)]);
    await stack.send(stranger, { support: { cause } }, [{ denom: "umust", amount: "700" }]);
    const spend = (amount: number, by = creator) =>
      stack.send(by, { spend_fund: { cause, to: bob.address, denom: "ueuro", amount: String(amount), memo: "200 posters" } });
    await assert.rejects(spend(900, ann), /unauthorized/);
    await assert.rejects(spend(2501), /not_enough/);
    await spend(900);
    await assert.rejects(stack.send(stranger, { sweep_fund: { cause, denom: "ueuro" } }), /fund_closed/);

    await stack.send(ann, { pledge: { action, needs_others: 60 } });
    await stack.send(ann, { pledge: { action: action + 1, needs_others: 60 } });
    await assert.rejects(stack.send(bob, { pledge: { action, referrer: stranger.address } }), /not_a_pledger/);
    await stack.send(bob, { pledge: { action, referrer: ann.address } });
    await stack.send(cas, { pledge: { action, referrer: bob.address } });
    await assert.rejects(stack.send(stranger, { say: { cause, words: "I know somebody" } }), /not_a_pledger/);
    await stack.send(ann, { say: { cause, words: "I edit <b>the</b> journal" } });
    await stack.send(bob, { say: { cause, words: "I run the library's budget" } });
    const rate = (by: Wallet, person: Wallet, vote: string) => stack.send(by, { rate: { cause, person: person.address, vote } });
    await rate(bob, ann, "down");
    await rate(cas, ann, "down");
    await rate(cas, bob, "up");
    await rate(cas, ann, "up"); // a change of mind
    await assert.rejects(rate(ann, ann, "up"), /role_conflict/);
    await stack.send(stranger, { already_did: { action } });

    const found = await eventually("all of it is served", async () => {
      const one = await stack.get(`/v1/causes/${cause}`);
      const done = one.actions[0].already_did === 1 && one.registry[0]?.up === 1;
      return done ? one : null;
    });
    assert.deepEqual(found.fund, [{ denom: "ueuro", amount: "1600" }, { denom: "umust", amount: "700" }]);
    assert.deepEqual(found.fund_moves.map((m: { kind: string; memo: string }) => [m.kind, m.memo]), [
      ["spend", "200 posters"],
      ["gift", ""],
      ["gift", ""],
    ]);
    const registry = found.registry.map((e: { person: string; up: number; down: number; actions: number[] }) => [e.person, e.up, e.down, e.actions]);
    assert.deepEqual(registry, [[bob.address, 1, 0, [action]], [ann.address, 1, 1, [action, action + 1]]]);
    const { pledges } = await stack.get(`/v1/causes/${cause}/pledges`);
    const brought = Object.fromEntries(pledges.map((p: { address: string; referrer: string | null }) => [p.address, p.referrer]));
    assert.deepEqual([brought[bob.address], brought[cas.address]], [ann.address, bob.address]);
    const html = await page(`/causes/${cause}`);
    const text = plain(html);
    assert.match(text, /In it: 0\.0016 EURO, 0\.0007 MUST\. Gifts are spent by whoever started the cause/);
    assert.match(text, /Spent, to \S+ 0\.0009 EURO 200 posters/);
    assert.match(text, /1 had already done it/);
    assert.match(html, /I edit &(lt|#60);b&(gt|#62);the/);
    assert.match(text, new RegExp(`brought by ${ann.address.slice(0, 8)}`));
  });

  test("a refund bonus: too few, and who was ready early gets it by withdraw or by anybody's claim", async () => {
    const [ann, bob, cas, stranger, sponsor] = await crowd(5);
    const now = await chainTime(ann);
    const bonus = { sponsor: sponsor.address, per_pledge: "300000", before: now + 20 };
    const terms = { goal: 5, schedule: { at_close: { pledge_until: now + 26 } }, lock: 3, ...staked };
    const { cause, action } = await stack.cause(creator, [newAction({ ...terms, bonus })]);
    await assert.rejects(stack.send(ann, { sponsor_bonus: { action } }, [euro(1000)]), /unauthorized/);
    await stack.send(sponsor, { sponsor_bonus: { action } }, [euro(1_000_000)]);
    await stack.send(ann, { pledge: { action, needs_others: 4 } }, [euro(STAKE)]);
    await stack.send(bob, { pledge: { action } }, [euro(STAKE)]);
    await stack.send(cas, { pledge: { action, needs_others: 5 } }, [euro(STAKE)]); // asks for more than the goal
    await assert.rejects(stack.send(stranger, { claim_bonus: { action } }), /wrong_phase/);
    const shown = await stack.action(cause, action, "three are in", (a) => a.pledged === 3);
    assert.deepEqual([shown.bonus.fund, shown.bonus.eligible], ["1000000", 2]);
    assert.match(plain(await page(`/causes/${cause}`)), /each who pledged with a stake early enough.*up to 0\.3 EURO out of 1 EURO/);
    await stack.action(cause, action, "failed", (a) => a.phase === "failed");
    const { pledges } = await stack.get(`/v1/people/${bob.address}`);
    const due = pledges.find((p: { action: number }) => p.action === action).claimable;
    assert.deepEqual(due, [euro(STAKE + 300_000)]);
    const back = await stack.send(stranger, { claim_bonus: { action } });
    assert.equal(attribute(back, "wasm-muster_bonus_returned", "amount"), "400000");
    await stack.send(ann, { withdraw: { action } });
    await stack.send(stranger, { claim: { action, person: bob.address } });
    await stack.send(cas, { withdraw: { action } });
    const gained = await Promise.all([ann, bob, cas].map((one) => gain(one)));
    assert.deepEqual(gained, [300_000n, 300_000n, 0n]);
    assert.equal(await gain(sponsor), -600_000n);
    await stack.action(cause, action, "holds nothing", (a) => a.held.length === 0);
  });
});
