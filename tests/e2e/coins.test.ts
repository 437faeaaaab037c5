// Coins for a purpose, on a real chain and in a real browser: land bought at 500 each.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { type Wallet, chainTime } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, count, offersOf, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";
import { Verdict, record } from "../lib/verdict.js";

const EACH = 500_000n;
const SHA = "ab".repeat(32);

let stack: Stack;
let browser: Browser;
let maker: Wallet;
const givers: Wallet[] = [];

before(async () => {
  [stack, browser] = await startWithBrowser();
  maker = await stack.person();
  for (let i = 0; i < 4; i++) givers.push(await stack.person());
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const euro = (units: number) => [{ denom: "ueuro", amount: String(EACH * BigInt(units)) }];
const give = (who: Wallet, action: number, units: number, total_at_least = 0) =>
  stack.send(who, { pledge_coins: { action, total_at_least } }, euro(units));
const balances = async (all: readonly { address: string }[]) => await Promise.all(all.map((one) => stack.balance(one.address, "ueuro")));

const land = (beneficiary: Wallet, seconds: number, document?: object) =>
  newAction({
    label: "The meadow behind the school",
    description: "It is bought from the farmer and stays a meadow.",
    unit: { coins: { denom: "ueuro", min: String(EACH), beneficiary: beneficiary.address, ...(document && { document }) } },
    goal: 8,
    schedule: { at_close: { pledge_until: Math.floor(Date.now() / 1000) + seconds } },
    act_window: 0,
    report_window: 0,
  });

test("land bought at 500 each: it is bound at the close and paid out, less the document's part", async () => {
  const [ann, bob, cas, eve] = givers as [Wallet, Wallet, Wallet, Wallet];
  const [farmer, broker] = [await stack.person(), await stack.person()];
  const document = { uri: "https://example.org/deed.pdf", sha256: SHA, bps: 1_000, recipient: broker.address };
  const { cause, action } = await stack.cause(maker, [land(farmer, 75, document)]);
  const before = await balances([farmer, broker, ann, eve]);

  // Ann gives on the page, only if the total reaches 12 units.
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, ann.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const here = section(page, action);
  await here.locator("[data-offer=pledge_coins]").waitFor();
  await here.getByLabel("How much do you give").fill("0.75");
  await here.getByRole("button", { name: "Pledge", exact: true }).click();
  await here.getByText("Write a multiple of 0.5 EURO.").waitFor();
  await here.getByLabel("How much do you give").fill("2");
  await here.getByLabel("Only if the total reaches").fill("6");
  await here.getByRole("button", { name: "Pledge", exact: true }).click();
  const review = await signReview(page);
  assert.match(review, /2 EURO, held by the contract/);
  assert.match(review, /10 % of what is released/);
  await said(page, "You pledged.");
  await give(bob, action, 3);
  await give(cas, action, 5);
  // Who wants more than comes together isn't in, and has everything back.
  await give(eve, action, 1, 900);
  await stack.action(cause, action, "12 units are committed", (one) => one.committed === 12 && one.pledged === 13);
  await count(page, action, "committed").getByText("6 EURO").waitFor();
  assert.equal(await count(page, action, "people").innerText(), "4 people");
  await assertAccessible(page);

  await stack.action(cause, action, "is bound", (one) => one.phase === "settled", 120);
  // Eve isn't in: anybody may send her claim.
  for (const kind of ["release", "claim_for"]) await here.locator(`[data-offer=${kind}]`).waitFor();
  assert.deepEqual(await offersOf(page, action), ["claim_for", "release"]);
  await here.getByRole("button", { name: "Release 6 EURO" }).click();
  assert.match(await signReview(page), /nothing: anybody may do it/);
  await said(page, "It is released.");
  const released = await stack.action(cause, action, "is released", (one) => one.coins.released_units === 12);
  assert.equal(released.coins.released.amount, String(12n * EACH));
  // A tenth to whom the document names, 2 % to the fee, the rest to the farmer.
  const gained = (await balances([farmer, broker])).map((now, i) => now - (before[i] as bigint));
  assert.deepEqual(gained, [5_280_000n, 600_000n]);
  await here.locator("[data-offer=release]").waitFor({ state: "detached" });
  await stack.send(maker, { claim: { action, person: eve.address } });
  const after = await balances([ann, eve]);
  assert.deepEqual(after, [(before[2] as bigint) - 4n * EACH, before[3]]);
  const end = await stack.action(cause, action, "holds nothing", (one) => one.coins.people === 4);
  assert.deepEqual(end.held.filter((one: { amount: string }) => one.amount !== "0"), []);
  visitor.assertQuiet();
  await visitor.leave();
});

test("where too little comes together, everybody has every coin back", async () => {
  const [ann, bob, cas] = givers as [Wallet, Wallet, Wallet];
  const farmer = await stack.person();
  const people = [farmer, ann, bob, cas];
  const before = await balances(people);
  // A sponsor stands behind it: half a euro to each who was ready while there was time.
  const sponsor = await stack.person();
  const close = Math.floor(Date.now() / 1000) + 24;
  const bonus = { sponsor: sponsor.address, per_pledge: "500000", before: close - 4 };
  const { cause, action } = await stack.cause(maker, [{ ...land(farmer, 24), schedule: { at_close: { pledge_until: close } }, lock: 3, bonus }]);
  const rich = await stack.balance(sponsor.address, "ueuro");
  await stack.send(sponsor, { sponsor_bonus: { action } }, euro(4));
  await give(ann, action, 4);
  await give(bob, action, 2);
  await give(cas, action, 1, 900);
  const open = await stack.action(cause, action, "two could come to it", (one) => one.bonus.eligible === 2);
  assert.deepEqual([open.bonus.each, open.bonus.rest], ["500000", "0"]);
  await stack.action(cause, action, "has failed", (one) => one.phase === "failed");
  await assert.rejects(stack.send(farmer, { release: { action } }), /wrong_phase/);
  await stack.send(ann, { withdraw: { action } });
  for (const who of [bob, cas]) await stack.send(maker, { claim: { action, person: who.address } });
  await stack.send(maker, { claim_bonus: { action } });
  const back = before.map((had, i) => (i === 1 || i === 2 ? had + 500_000n : had));
  assert.deepEqual(await balances(people), back);
  assert.equal(await stack.balance(sponsor.address, "ueuro"), rich - 1_000_000n);
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /gets a refund bonus of 0.5 EURO, on top of their coins/);
});

test("in tranches: a part goes to its purpose behind a yes; of one about which it is no, it and the later ones come back", async () => {
  const [, bob, cas] = givers as [Wallet, Wallet, Wallet];
  const farmer = await stack.person();
  const verdict = await Verdict.deploy(maker, stack.causes);
  const coins = { denom: "ueuro", min: String(EACH), beneficiary: farmer.address, release: { tranches: { parts: [3_333, 3_333, 3_334] } } };
  const terms = { unit: { coins }, goal: 7, act_window: 600, report_window: 600, outcome: { by: { vote: verdict.judge }, judge_window: 600 } };
  const { cause, action } = await stack.cause(maker, [newAction(terms)]);
  const people = [farmer, bob, cas];
  const before = await balances(people);
  await give(bob, action, 5);
  await give(cas, action, 2);
  await stack.action(cause, action, "is bound", (one) => one.phase === "acting");
  await assert.rejects(stack.send(maker, { release: { action } }), /wrong_phase/);
  await assert.rejects(stack.send(bob, { claim: { action } }), /wrong_phase/);

  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, bob.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const here = section(page, action);
  await here.getByText("Your 2.5 EURO are bound").waitFor();
  // Nobody has answered: the page offers nothing that the chain would refuse.
  assert.deepEqual(await offersOf(page, action), []);
  const asked_at = await chainTime(maker);
  const says = (tranche: number, answer: "yes" | "no") => verdict.put(action, { tranche }, record({ asked_at, answer, final: true, asker: cas.address }));
  await says(0, "yes");
  await here.getByRole("button", { name: "Release 1.16655 EURO" }).click();
  assert.match(await signReview(page), /33.33 %, 33.33 %, 33.34 %/);
  await said(page, "It is released.");
  const states = (one: any): string => one.coins.tranches.map((part: { state: string }) => part.state).join();
  await stack.action(cause, action, "one part is released", (one) => states(one) === "released,waiting,waiting");
  // The last one's yes doesn't help it.
  await says(2, "yes");
  await says(1, "no");
  await assert.rejects(stack.send(farmer, { release: { action } }), /nothing_due/);
  await here.getByRole("button", { name: "Take 1.66675 EURO back" }).click();
  await signReview(page);
  await said(page, "Your part came back.");
  await stack.send(maker, { claim: { action, person: cas.address } });
  const end = await stack.action(cause, action, "nothing is left", (one) => one.held.length === 0);
  assert.equal(states(end), "released,returned,returned");
  assert.equal(end.coins.returned_each.amount, "333350");
  // Of 3.5 EURO a first third, less 2 %; the rest by the unit.
  const gained = (await balances(people)).map((now, i) => now - (before[i] as bigint));
  assert.deepEqual(gained, [1_166_550n - 23_331n, 5n * (333_350n - EACH), 2n * (333_350n - EACH)]);
  await here.locator("[data-offer]").first().waitFor({ state: "detached" });
  await page.reload();
  await here.getByText("How this is counted").click();
  await here.getByText("0.33335 EURO for each 0.5 EURO that was bound.").waitFor();
  await assertAccessible(page);
  visitor.assertQuiet();
  await visitor.leave();
});

test("on success: a yes releases all of it, a no gives all of it back, and the page offers each once it is there", async () => {
  const [, bob, cas] = givers as [Wallet, Wallet, Wallet, Wallet];
  const builder = await stack.person();
  const verdict = await Verdict.deploy(maker, stack.causes);
  const coins = { denom: "ueuro", min: String(EACH), beneficiary: builder.address, release: { on_success: {} } };
  const terms = newAction({ unit: { coins }, goal: 2, outcome: { by: { vote: verdict.judge }, judge_window: 600 } });
  const { cause, action } = await stack.cause(maker, [terms, terms]);
  const [built, fallen] = [action, action + 1];
  const people = [builder, bob, cas];
  const before = await balances(people);
  for (const one of [built, fallen]) await give(bob, one, 3);
  await give(cas, fallen, 1);
  for (const one of [built, fallen]) await stack.action(cause, one, "judging", (a) => a.phase === "judging");

  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, bob.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await section(page, fallen).getByText("Your 1.5 EURO are bound").waitFor();
  for (const one of [built, fallen]) assert.deepEqual(await offersOf(page, one), []);
  await assert.rejects(stack.send(maker, { release: { action: built } }), /wrong_phase/);
  await assert.rejects(stack.send(bob, { claim: { action: fallen } }), /wrong_phase/);
  const asked_at = await chainTime(maker);
  const says = (one: number, answer: "yes" | "no") => verdict.put(one, null, record({ asked_at, answer, final: true, asker: cas.address }));
  await says(built, "yes");
  await says(fallen, "no");
  await section(page, built).getByRole("button", { name: "Release 1.5 EURO" }).click();
  await signReview(page);
  await said(page, "It is released.");
  await assert.rejects(stack.send(maker, { release: { action: fallen } }), /nothing_due/);
  await section(page, fallen).getByRole("button", { name: "Take 1.5 EURO back" }).click();
  assert.match(await signReview(page), /Comes to you\s+1.5 EURO/);
  await said(page, "Your part came back.");
  await stack.send(maker, { claim: { action: fallen, person: cas.address } });
  for (const one of [built, fallen]) await stack.action(cause, one, "holds nothing", (a) => a.held.length === 0);
  // A fee of 2 % of what is released, and none of what goes back.
  const gained = (await balances(people)).map((now, i) => now - (before[i] as bigint));
  assert.deepEqual(gained, [1_470_000n, -3n * EACH, 0n]);
  visitor.assertQuiet();
  await visitor.leave();
});

test("the form starts such a cause, with all amounts in money", async () => {
  const starter = await stack.person();
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, starter.mnemonic);
  const page = await visitor.open("/new");
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
  const field = (name: string) => page.locator(`form[data-create-cause] [name=${name}]`);
  const entries: [string, string][] = [
    ["title", "Buy the meadow"],
    ["summary", "We buy it together."],
    ["text", "The meadow is bought from the farmer if enough comes together."],
    ["label", "The meadow"],
    ["description", "It is bought and stays a meadow."],
  ];
  for (const [name, text] of entries) await field(name).fill(text);
  assert.ok(await field("fulfilment").isVisible());
  await field("unit").selectOption("coins");
  for (const name of ["goal", "fulfilment", "stake_rule", "act_window", "confirm_window"]) assert.ok(!(await field(name).isVisible()), name);
  await field("schedule").selectOption("at_trigger");
  await field("coins_denom").selectOption("ueuro");
  await field("coins_min").fill("0.5");
  await field("coins_goal").fill("4.25");
  await field("beneficiary").fill(starter.address);
  await page.getByText("By a contract that institutions signed").click();
  await field("document_uri").fill("https://example.org/deed.pdf");
  await field("document_sha256").fill(SHA);
  await field("document_percent").fill("2.5");
  await field("document_recipient").fill(maker.address);
  await field("lawful").check();
  await page.getByRole("button", { name: "Review and sign" }).click();
  await page.getByText("A multiple of the least amount.").waitFor();
  await field("coins_goal").fill("4");
  await assertAccessible(page);
  await page.getByRole("button", { name: "Review and sign" }).click();
  assert.match(await signReview(page), /2.5 % of what is released/);
  await page.waitForURL(/\/causes\/\d+$/);
  const made = await stack.get(`/v1${new URL(page.url()).pathname}`);
  const { coins, goal, act_window } = made.actions[0];
  assert.deepEqual([goal, act_window, coins.goal.amount, coins.min.amount, coins.beneficiary], [8, 0, "4000000", "500000", starter.address]);
  assert.deepEqual(coins.document, { uri: "https://example.org/deed.pdf", sha256: SHA, bps: 250, recipient: maker.address });
  await section(page, made.actions[0].id).getByText("4 EURO").first().waitFor();
  visitor.assertQuiet();
  await visitor.leave();
});
