// What others judge, on a real chain: `causes` reads the records of another contract raw. A check-in
// that falls to a challenge and one that stands; an action whose stakes stand or fall by one answer,
// which may be honest, missing, malformed or greedy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Wallet, attribute, chainTime } from "../../scripts/lib/chain.js";
import { Stack, eventually, newAction } from "../lib/stack.js";
import { type Answer, Verdict, record } from "../lib/verdict.js";

const STAKE = 1_000_000n;
const stake = { rule: "required", coin: { denom: "umust", amount: String(STAKE) } };

let stack: Stack;
let verdict: Verdict;
const people: Wallet[] = [];
let charity = "";

before(async () => {
  stack = await Stack.start();
  for (let i = 0; i < 5; i++) people.push(await stack.person());
  verdict = await Verdict.deploy(dan(), stack.causes);
  charity = (await stack.person([])).address;
});

after(async () => await stack?.stop());

const [ann, bob, cas, dan, eve] = [0, 1, 2, 3, 4].map((i) => () => people[i] as Wallet) as [
  () => Wallet,
  () => Wallet,
  () => Wallet,
  () => Wallet,
  () => Wallet,
];

const pledge = (who: Wallet, action: number) =>
  stack.send(who, { pledge: { action, needs_others: 0 } }, [stake.coin]);
const claim = (who: Wallet, action: number, person = who.address) => stack.send(who, { claim: { action, person } });

/** How it stands at the contract itself. */
const stands = (action: number, person = "") => stack.get(`/chain/verdicts/${action}${person && `?person=${person}`}`);

/** What somebody else's doings brought an address. */
async function gained(address: string, before: bigint): Promise<bigint> {
  return (await stack.balance(address)) - before;
}

test("a challenged check-in falls, another one stands, and nobody else waits", async () => {
  const judged = {
    stake,
    act_window: 8,
    report_window: 6,
    fulfilment: { challengeable: { window: 20, judge: verdict.judge } },
    forfeits_to: { everybody: {} },
  };
  const { cause, action } = await stack.cause(dan(), [newAction({ ...judged, goal: 3 })]);
  for (const who of [ann(), bob(), cas()]) await pledge(who, action);
  await stack.action(cause, action, "acting", (a) => a.phase === "acting");
  for (const who of [ann(), bob(), cas()]) await stack.send(who, { check_in: { action } });

  const show = (person: string) => stack.send(dan(), { challenge: { action, person } });
  await assert.rejects(show(ann().address), /no_question/);
  await verdict.put(action, ann().address, Buffer.from("51deadbeef", "hex"));
  await assert.rejects(show(ann().address), /no_question/, "a malformed record is none");
  const asked_at = await chainTime(dan());
  const question = { asked_at, asker: eve().address, jurors_fee: 1_000n, denom: "umust" };
  for (const who of [ann(), bob()]) {
    await verdict.put(action, who.address, record(question));
    const sent = await show(who.address);
    assert.equal(attribute(sent, "wasm-muster_challenged", "challenger"), eve().address);
    await assert.rejects(show(who.address), /already_done/, "a friend's challenge uses nothing up: one question each");
  }
  const judging = await stack.action(cause, action, "judging", (a) => a.phase === "judging");
  assert.equal(judging.judging.judge_from, judging.report_from + judging.report_window);
  await assert.rejects(claim(cas(), action), /wrong_phase/, "claims wait for the window");
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /did it; challenged/);
  assert.match(page, /Whoever doubts a check-in may ask a jury of 12, drawn from community 7/);

  await stack.action(cause, action, "settled", (a) => a.phase === "settled");
  await claim(cas(), action);
  await assert.rejects(claim(ann(), action), /challenge_pending/);
  // What an answer open to appeal says doesn't count yet.
  const answered = { ...question, final_at: asked_at + 1 };
  await verdict.put(action, bob().address, record({ ...answered, answer: "no" }));
  await assert.rejects(claim(bob(), action), /challenge_pending/);
  await verdict.put(action, ann().address, record({ ...answered, answer: "yes", final: true }));
  await verdict.put(action, bob().address, record({ ...answered, answer: "no", final: true }));
  assert.deepEqual(await stands(action, ann().address), {
    phase: "settled", asked: false, answer: null, challenge: "stands", claimable: [{ denom: "umust", amount: String(STAKE) }],
    reward: null, releases: false,
  });
  const fallen = await stands(action, bob().address);
  assert.deepEqual([fallen.challenge, fallen.claimable], ["fell", []]);

  const [eveBefore, bobBefore] = [await stack.balance(eve().address), await stack.balance(bob().address)];
  await claim(ann(), action);
  const ended = await claim(dan(), action, bob().address);
  const reward = STAKE / 4n + 1_000n;
  assert.equal(attribute(ended, "wasm-muster_challenge_ended", "to_challenger"), String(reward));
  assert.equal(await gained(eve().address, eveBefore), reward);
  assert.equal(await gained(bob().address, bobBefore), 0n);
  const paid = await stack.action(cause, action, "paid", (a) => a.paid_out[0]?.amount === String(2n * STAKE + reward));
  assert.deepEqual(paid.held, []);
  const { fund } = await stack.get(`/v1/causes/${cause}`);
  assert.deepEqual(fund, [{ denom: "umust", amount: String(STAKE - reward) }]);
});

test("stakes stand or fall together by the answer: honest, none, malformed, greedy, or attestors'", async () => {
  const together = (by: object) =>
    newAction({
      goal: 2,
      stake,
      fulfilment: { collective: {} },
      forfeits_to: { address: { address: charity } },
      act_window: 3,
      outcome: { by, judge_window: 60 },
    });
  const vote = together({ vote: verdict.judge });
  const attested = together({ attested: { attestors: [cas().address, eve().address], quorum: 2 } });
  const { cause, action } = await stack.cause(dan(), [vote, vote, vote, vote, vote, vote, attested]);
  const [yes, no, unresolved, greedy, malformed, silent, said] = [0, 1, 2, 3, 4, 5, 6].map((i) => action + i) as [
    number, number, number, number, number, number, number,
  ];
  const all = [yes, no, unresolved, greedy, malformed, silent, said];
  await Promise.all([ann(), bob()].map(async (who) => {
    for (const one of all) await pledge(who, one);
  }));
  await assert.rejects(stack.send(ann(), { check_in: { action: yes } }), /not_judged_so|wrong_phase|not_bound/);
  for (const one of all) await stack.action(cause, one, "judging", (a) => a.phase === "judging");
  await assert.rejects(claim(ann(), yes), /wrong_phase/);
  const before = await stack.balance(charity);

  const asked_at = await chainTime(dan());
  const question = { asked_at, asker: eve().address };
  await verdict.put(yes, null, record({ ...question, answer: "no", final_at: asked_at + 1_000 }));
  assert.equal((await stands(yes)).phase, "appealing");
  await assert.rejects(stack.send(dan(), { settle: { action: yes } }), /wrong_phase/);
  const final = (answer: Answer) => ({ ...question, answer, final: true });
  await verdict.put(yes, null, record(final("yes")));
  await verdict.put(no, null, record(final("no")));
  await verdict.put(unresolved, null, record(final("unresolved")));
  await verdict.put(greedy, null, record({ ...final("no"), classes: [[0, 2, 51n, 0n], [1, 2, 0n, 50n]] }));
  await verdict.put(malformed, null, Buffer.alloc(2_000, 0xff));

  const answerOf = async (one: number) => {
    const sent = await stack.send(dan(), { settle: { action: one } });
    return attribute(sent, "wasm-muster_answered", "answer");
  };
  assert.equal((await stands(no)).answer, "no");
  assert.deepEqual(
    [await answerOf(yes), await answerOf(no), await answerOf(unresolved), await answerOf(greedy)],
    ["yes", "no", "unresolved", "unresolved"],
  );
  // Stored once: what is said later counts for nothing.
  await verdict.put(yes, null, record(final("no")));
  await assert.rejects(stack.send(dan(), { settle: { action: yes } }), /already_done/);

  // Attestors disagree first: two halves decide nothing.
  const attest = (who: Wallet, answer: string) => stack.send(who, { attest_outcome: { action: said, answer } });
  await attest(cas(), "yes");
  await attest(eve(), "no");
  const halves = await stack.action(cause, said, "two halves", (a) => a.judging.said.length === 2);
  assert.equal(halves.judging.answer, null);
  await attest(cas(), "no");
  await stack.action(cause, said, "answered", (a) => a.judging.answer === "no");

  for (const one of [yes, no, unresolved, greedy, said]) for (const who of [ann(), bob()]) await claim(who, one);
  for (const one of [no, said]) await stack.send(dan(), { claim_forfeits: { action: one } });
  for (const one of [yes, unresolved, greedy]) {
    await assert.rejects(stack.send(dan(), { claim_forfeits: { action: one } }), /nothing_due/);
  }
  // Without what doesn't decode, and without a question: everything goes back once it can't be asked any more.
  for (const one of [malformed, silent]) {
    await eventually(`action ${one} is unresolved`, async () => ((await stands(one)).answer === "unresolved" ? true : null), 120);
    for (const who of [ann(), bob()]) await claim(who, one);
  }
  const fee = (2n * STAKE) / 50n;
  assert.equal(await gained(charity, before), 2n * (2n * STAKE - fee));
  for (const one of all) {
    const back = one === no || one === said ? 2n * STAKE - fee : 2n * STAKE;
    const done = await stack.action(cause, one, "paid", (a) => a.paid_out[0]?.amount === String(back));
    assert.deepEqual([done.phase, done.held], ["settled", []]);
  }
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /The answer is no: it did not succeed\./);
  assert.match(page, /It stays unresolved: nobody can say\./);
});
