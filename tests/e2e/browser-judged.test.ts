// What others judge, in a real browser: a challenge, an attestor's word, and settling by an answer
// that only the verdict contract knows; deposits behind a vote. And the form that starts such actions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { type Wallet, chainTime } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, offersOf, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { type Stack, newAction } from "../lib/stack.js";
import { KIND, type Question, Verdict, record } from "../lib/verdict.js";

let stack: Stack;
let browser: Browser;
let creator: Wallet;
let verdict: Verdict;

before(async () => {
  [stack, browser] = await startWithBrowser();
  creator = await stack.person();
  verdict = await Verdict.deploy(creator, stack.causes);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

test("a stranger challenges a check-in, attests an outcome, and settles by the answer", async () => {
  const [liar, eve] = [await stack.person(), await stack.person()];
  const coin = { denom: "umust", amount: "4000000" };
  const staked = { stake: { rule: "required", coin }, forfeits_to: { address: { address: (await stack.person([])).address } } };
  const attested = { by: { attested: { attestors: [eve.address], quorum: 1 } }, judge_window: 600 };
  const { cause, action } = await stack.cause(creator, [
    newAction({ label: "Singly", ...staked, fulfilment: { challengeable: { window: 600, judge: verdict.judge } }, act_window: 600 }),
    newAction({ label: "Said", outcome: attested, act_window: 600 }),
    newAction({ label: "Together", ...staked, fulfilment: { collective: {} }, outcome: { by: { vote: verdict.judge }, judge_window: 600 } }),
  ]);
  const [singly, word, together] = [action, action + 1, action + 2];
  await stack.send(liar, { pledge: { action: singly } }, [coin]);
  await stack.send(liar, { pledge: { action: word } });
  await stack.send(liar, { pledge: { action: together } }, [coin]);
  await stack.action(cause, singly, "acting", (one) => one.phase === "acting");
  await stack.send(liar, { check_in: { action: singly } });
  await stack.action(cause, together, "judging", (one) => one.phase === "judging");

  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, eve.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  // On a bad line: what doesn't come is asked for once more.
  visitor.expect(/judges-/);
  await page.route(/judges-/, (route) => route.abort(), { times: 1 });
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await section(page, singly).getByRole("button", { name: "Try again" }).click();
  await section(page, word).getByRole("button", { name: "Try again" }).click();
  const challenge = section(page, singly).locator("[data-offer=challenge]");
  await challenge.waitFor();
  assert.deepEqual(await offersOf(page, together), []);
  await section(page, together).getByText("Whether it succeeded is for others to say: a jury of 12, drawn from community 7.").waitFor();
  await challenge.getByText("Challenge a check-in").click();
  await challenge.getByText("It takes a bond", { exact: false }).waitFor();
  await assertAccessible(page);

  // Asked at the verdict contract first; the page shows it here.
  const asked_at = await chainTime(creator);
  const question = { asked_at, asker: eve.address };
  await verdict.put(singly, liar.address, record(question));
  await challenge.getByLabel("Whose check-in").fill(eve.address);
  await challenge.getByRole("button", { name: "Show the challenge" }).click();
  await challenge.getByText("No check-in of this address can be challenged.").waitFor();
  await challenge.getByLabel("Whose check-in").fill(liar.address);
  await challenge.getByRole("button", { name: "Show the challenge" }).click();
  const review = await signReview(page);
  assert.match(review, /whoever asked gets 1 MUST and the jurors' fee/);
  await said(page, "The challenge is shown");
  await challenge.waitFor({ state: "detached" });
  await page.getByText("did it; challenged").waitFor();

  const outcome = section(page, word).locator("[data-offer=attest_outcome]");
  await outcome.getByLabel("Did it succeed as a whole?").selectOption("yes");
  await outcome.getByRole("button", { name: "Say so" }).click();
  assert.match(await signReview(page), /As an attestor I say: it succeeded/);
  await said(page, "Your word is recorded.");
  await outcome.waitFor({ state: "detached" });
  await section(page, word).getByText("The answer is yes: it succeeded.").waitFor();

  // No event tells of the answer: the page asks.
  await verdict.put(together, null, record(question));
  await section(page, together).getByText("There is no answer yet.").waitFor();
  await verdict.put(together, null, record({ ...question, answer: "no", final: true }));
  const settle = section(page, together).locator("[data-offer=settle]");
  await settle.getByText("The final answer is there: it did not succeed.").waitFor();
  await settle.getByRole("button", { name: "Settle" }).click();
  assert.match(await signReview(page), /it did not succeed/);
  await said(page, "The totals are fixed.");
  await section(page, together).getByText("The answer is no: it did not succeed.").waitFor();
  await stack.action(cause, together, "settled", (one) => one.phase === "settled" && one.totals_fixed);
  await assertAccessible(page);
  visitor.assertQuiet();
  await visitor.leave();
});

test("a deposit behind an honest vote: it comes with the pledge, and the vote decides what of it comes back", async () => {
  const [ann, bob, cas, eve] = [await stack.person(), await stack.person(), await stack.person(), await stack.person()];
  const deposit = { denom: "umust", amount: "1000000" };
  const vote = { by: { vote: { ...verdict.judge, electorate: { pledgers: {} } } }, judge_window: 600, deposit };
  const gate = { list: [ann, bob, cas].map((one) => one.address) };
  const schedule = { at_trigger: { hold: 20, pledge_until: null } };
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 2, schedule, gate, outcome: vote })]);
  await stack.send(bob, { pledge: { action } }, [deposit]);
  await stack.send(cas, { pledge: { action, needs_others: 50 } }, [deposit]);
  await assert.rejects(stack.send(ann, { pledge: { action } }), /wrong_coins/);

  const visitor = await Visitor.enter(browser, stack.base);
  const extension = await Extension.install(visitor.context, ann.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const here = section(page, action);
  const offer = (kind: string) => here.locator(`[data-offer=${kind}]`);
  await offer("pledge").getByText("A deposit of 1 MUST goes along").waitFor();
  await offer("pledge").getByRole("button", { name: "Pledge", exact: true }).click();
  assert.match(await signReview(page), /Your deposit\s+1 MUST, settled by your vote/);
  await said(page, "You pledged.");
  await stack.action(cause, action, "judging", (one) => one.phase === "judging");
  await assert.rejects(stack.send(ann, { claim: { action } }), /wrong_phase/);
  // Cas never was bound: nobody asks how the vote ends.
  await stack.send(bob, { claim: { action, person: cas.address } });

  // Ann said yes; Bob said no, and his sealed vote was shown by Eve, who has no pledge.
  await verdict.voted(action, ann.address, KIND.yes);
  await verdict.voted(action, bob.address, KIND.denounced);
  await verdict.denounced(action, eve.address, 1);
  const asked_at = await chainTime(creator);
  const classes = [[KIND.yes, 1, 500_000n, 0n], [KIND.denouncer, 1, 250_000n, 0n], [KIND.denounced, 1, 0n, 1_000_000n]] as NonNullable<Question["classes"]>;
  const question: Question = { asked_at, asker: eve.address, electorate: "pledgers", answer: "yes", final: true, classes };
  const stands = (person: Wallet) => stack.get(`/chain/verdicts/${action}?person=${person.address}`);
  assert.deepEqual([(await stands(ann)).claimable, (await stands(eve)).reward], [null, null]);
  await verdict.put(action, null, record(question));
  assert.deepEqual((await stands(bob)).claimable, []);
  await offer("claim").getByRole("button", { name: "Claim 1.5 MUST" }).click();
  await signReview(page);
  await said(page, "1.5 MUST came back to you.");
  const settled = await stack.action(cause, action, "Ann is paid", (one) => one.paid_out[0]?.amount === "2500000");
  assert.deepEqual([settled.judging.answer, settled.judging.deposits.rewards], ["yes", "250000"]);
  assert.deepEqual((await stands(eve)).reward, { denom: "umust", amount: "250000" });

  // Eve is told what is hers, and nobody else is offered it.
  assert.ok(!(await offersOf(page, action)).includes("claim_reward"));
  const before = await stack.balance(eve.address);
  await extension.choose(page, eve.mnemonic);
  await offer("claim_reward").getByRole("button", { name: "Claim 0.25 MUST" }).waitFor();
  await assertAccessible(page);
  await stack.send(creator, { claim_reward: { action, person: eve.address } });
  assert.equal((await stack.balance(eve.address)) - before, 250_000n);
  await assert.rejects(stack.send(eve, { claim_reward: { action } }), /already_done/);
  await offer("claim_reward").waitFor({ state: "detached" });
  await stack.send(creator, { claim: { action, person: bob.address } });
  const end = await stack.action(cause, action, "holds nothing", (one) => one.held.length === 0);
  assert.deepEqual([end.judging.deposits.rewards, end.judging.deposits.remainder], ["0", "250000"]);
  const { fund } = await stack.get(`/v1/causes/${cause}`);
  assert.deepEqual(fund, [{ denom: "umust", amount: "250000" }]);
  await page.reload();
  await here.getByText("Who said yes gains 0.5 MUST").waitFor({ state: "attached" });
  visitor.assertQuiet();
  await visitor.leave();
});

test("the form starts a cause whose stakes fall together, and says what can't be", async () => {
  const [starter, charity] = [await stack.person(), await stack.person([])];
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, starter.mnemonic);
  const page = await visitor.open("/new");
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const form = page.locator("form[data-create-cause]");
  const fill = (name: string, value: string) => form.locator(`[name=${name}]`).first().fill(value);
  const choose = (name: string, value: string) => form.locator(`[name=${name}]`).first().selectOption(value);
  await fill("title", "Clean the river together");
  await fill("summary", "Twenty of us, one day.");
  await fill("text", "We clean it, or we pay.");
  await fill("label", "Clean");
  await fill("description", "You come on the day.");
  await choose("schedule", "at_trigger");
  await choose("fulfilment", "collective");
  await choose("stake_rule", "required");
  await fill("stake_amount", "2");
  await page.locator("[name=lawful]").check();
  const send = form.locator("[type=submit]");
  await send.click();
  await page.getByText("somebody must say whether it succeeded as a whole").waitFor();
  await choose("outcome", "vote");
  await fill("outcome_verdict", verdict.address);
  await choose("outcome_electorate", "pledgers");
  await send.click();
  await page.getByText("Those who staked can't judge their own stakes").waitFor();
  await page.getByText("Where all stakes fall together they go to an address").waitFor();
  await choose("outcome_electorate", "community");
  await fill("outcome_community", "4");
  await choose("forfeits_to", "address");
  await fill("forfeits_address", charity.address);
  await assertAccessible(page);
  await send.click();
  assert.match(await signReview(page), /the members of community 4, asked at .* within 30 days after the reports/);
  await page.waitForURL(/\/causes\/\d+$/);
  await page.getByText("A No forfeits every stake, anything else gives all of them back.", { exact: false }).first().waitFor({ state: "attached" });
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  const { actions } = await stack.get(`/v1/causes/${id}`);
  assert.deepEqual([actions[0].fulfilment, actions[0].judging.judge.electorate, actions[0].judging.judge_window], ["collective", "community", 2_592_000]);
  visitor.assertQuiet();
  await visitor.leave();
});

const SHA = "ab".repeat(32);
const consortium = { uri: "https://example.org/consortium.pdf", sha256: SHA, bps: 500, recipient: "the free journal" };

test("libraries leave a journal: an attestor states what each saved, and a journalist reads what was paid of it", async () => {
  const [anna, ben, utrecht, gent] = [await stack.person(), await stack.person(), await stack.person(), await stack.person()];
  const attested = { attested: { attestors: [anna.address, ben.address], quorum: 2 } };
  const leave = newAction({ label: "Leave it", goal: 2, fulfilment: attested, act_window: 600, saving: consortium });
  const { cause, action } = await stack.cause(creator, [leave]);
  const state = (who: Wallet, person: string, saved: string, paid: string, currency = "USD") =>
    stack.send(who, { state_saving: { action, person, currency, saved, paid } });
  for (const library of [utrecht, gent]) await stack.send(library, { pledge: { action } });
  await assert.rejects(state(anna, gent.address, "1", "0"), /wrong_phase/);
  await stack.action(cause, action, "acting", (one) => one.phase === "acting");
  await assert.rejects(state(gent, gent.address, "1", "0"), /unauthorized/);
  await assert.rejects(state(anna, gent.address, "1", "0", "usd"), /text_form/);
  const held = await stack.balance(stack.causes);
  await state(ben, gent.address, "2000050", "0");

  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, anna.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const offer = section(page, action).locator("[data-offer=state_saving]");
  await offer.getByText("State what somebody saved").click();
  await offer.getByLabel("Who saved").fill("utrecht");
  await offer.getByLabel("In which currency").fill("usd");
  await offer.getByLabel("How much").fill("120,000");
  await offer.getByLabel("What they paid of what is due").fill("6000");
  await offer.getByRole("button", { name: "State it" }).click();
  await offer.getByText("This isn't an address of this chain.").waitFor();
  await offer.getByLabel("Who saved").fill(utrecht.address);
  await assertAccessible(page);
  await offer.getByRole("button", { name: "State it" }).click();
  const review = await signReview(page);
  assert.match(review, /they saved 120,000 USD, and paid 6,000 USD of what is due of it/);
  assert.match(review, /none move/);
  await said(page, "Your statement is recorded.");
  const here = section(page, action);
  await here.getByText("So far: 140,000.50 USD saved by 2, 7,000.02 USD due of it, 6,000 USD paid.").waitFor();
  const row = here.getByRole("row").filter({ hasText: "120,000 USD" });
  assert.match((await row.innerText()).replace(/\s+/g, " "), /120,000 USD 6,000 USD 6,000 USD/);
  await here.getByText("5 % of what each saves goes to “the free journal”").first().waitFor();
  await assertAccessible(page);

  // The last word of each stands; nobody's coins have moved.
  await state(ben, gent.address, "1000000", "50000");
  const { saving } = await stack.action(cause, action, "was said anew", (one) => one.saving.sums[0].paid === "650000");
  assert.deepEqual(saving.sums, [{ currency: "USD", people: 2, saved: "13000000", due: "650000", paid: "650000" }]);
  assert.deepEqual(saving.statements.map((one: { attestor: string }) => one.attestor), [ben.address, anna.address]);
  assert.deepEqual([saving.stated, saving.document], [2, consortium]);
  assert.equal(await stack.balance(stack.causes), held);

  // The form that starts such a cause.
  await page.goto(`${stack.base}/new`);
  const form = page.locator("form[data-create-cause]");
  const fill = (name: string, value: string) => form.locator(`[name=${name}]`).first().fill(value);
  await form.locator("[name=fulfilment]").first().selectOption("attested");
  await form.getByText("A percentage of what institutions save, by a contract that they signed").click();
  for (const [name, value] of Object.entries({
    title: "Leave the other journal",
    summary: "Together.",
    text: "We don't renew it.",
    label: "Don't renew",
    description: "You don't renew it.",
    attestors: ben.address,
    saving_uri: consortium.uri,
    saving_sha256: SHA,
    saving_percent: "20.5",
    saving_recipient: consortium.recipient,
  })) await fill(name, value);
  await form.locator("[name=schedule]").first().selectOption("at_trigger");
  await page.locator("[name=lawful]").check();
  const send = form.locator("[type=submit]");
  await send.click();
  await page.getByText("From 0.01 to 20 %.").waitFor();
  await fill("saving_percent", "2.5");
  await assertAccessible(page);
  await send.click();
  assert.match(await signReview(page), /2.5 % of what each saves, to the free journal, as attestors state it/);
  await page.waitForURL(/\/causes\/\d+$/);
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  await page.getByText("Nothing of it is paid here, and no stake depends on it.").first().waitFor({ state: "attached" });
  const { actions } = await stack.get(`/v1/causes/${id}`);
  assert.deepEqual([actions[0].saving.document.bps, actions[0].saving.stated], [250, 0]);
  visitor.assertQuiet();
  await visitor.leave();
});
