// A person with a wallet's extension, in a real browser on a real chain: direct and amino signatures,
// a refusal, another account, and every part that one can have in a cause.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Extension, type Manner } from "../lib/browser-keplr.js";
import { Visitor, count, offersOf, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";

const coin = (amount: bigint) => ({ denom: "ueuro", amount: String(amount) });
const STAKE = 5_000_000n;
const stake = { rule: "optional", coin: coin(STAKE) };

let stack: Stack;
let browser: Browser;
let creator: Wallet;

before(async () => {
  [stack, browser] = await startWithBrowser();
  creator = await stack.person();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

/** A visitor with an extension that holds this person's key. */
async function visit(person: Wallet, manner: Partial<Manner> = {}): Promise<{ visitor: Visitor; extension: Extension }> {
  const visitor = await Visitor.enter(browser, stack.base);
  return { visitor, extension: await Extension.install(visitor.context, person.mnemonic, manner) };
}

async function connect(page: Page): Promise<void> {
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
}

async function press(page: Page, name: string | RegExp, done: string | RegExp): Promise<string> {
  await page.getByRole("button", { name, exact: typeof name === "string" }).click();
  const review = await signReview(page);
  await said(page, done);
  return review;
}

const ways: [string, Partial<Manner>, RegExp][] = [
  ["signs direct", {}, /^direct$/],
  ["has a Ledger, which signs amino only", { signs: "ledger" }, /^amino wasm\/MsgExecuteContract$/],
  ["has no direct signing at all, under a name that nobody knows", { signs: "amino", name: "newWallet" }, /^amino wasm\/MsgExecuteContract$/],
];

for (const [what, manner, signature] of ways) {
  test(`a wallet that ${what}: pledge with a stake, withdraw, pledge, check in with evidence`, async () => {
    const person = await stack.person();
    const friend = await stack.person();
    const { cause, action } = await stack.cause(creator, [
      newAction({
        goal: 2,
        schedule: { at_trigger: { hold: 3, pledge_until: null } },
        stake,
        forfeits_to: { everybody: {} },
        act_window: 20,
        report_window: 5,
      }),
    ]);
    const { visitor, extension } = await visit(person, manner);
    const page = await visitor.open(`/causes/${cause}`);
    await connect(page);
    // A local chain is unknown to every wallet: it is told of it.
    const [chain] = extension.suggested as { chainId: string; currencies: object[]; rest: string }[];
    assert.equal(chain?.chainId, stack.net.chainId);
    assert.equal(chain?.rest, stack.net.lcd);
    assert.deepEqual(chain?.currencies[0], { coinDenom: "MUST", coinMinimalDenom: "umust", coinDecimals: 6 });

    await page.getByRole("checkbox", { name: /Put a stake of 5 EURO behind it/ }).check();
    await press(page, "Pledge", "You pledged.");
    assert.equal(await stack.balance(person.address, "ueuro"), 1_000_000_000n - STAKE);
    assert.deepEqual(await offersOf(page, action), ["withdraw"]);
    assert.match(await press(page, "Withdraw my pledge", "Your pledge is withdrawn."), /Comes back at once\s+5 EURO/);
    assert.equal(await stack.balance(person.address, "ueuro"), 1_000_000_000n);
    assert.deepEqual(await offersOf(page, action), ["already_did", "pledge"]);

    await press(page, "Pledge", "You pledged.");
    await stack.send(friend, { pledge: { action } });
    await page.locator("[data-offer=check_in]").waitFor();
    await page.getByText("Add evidence").click();
    // Signs that JSON and a Ledger's screen would escape.
    await page.getByLabel("Where evidence is, if any").fill("https://example.org/<é>?a=1&b=2");
    await page.getByLabel("Its SHA-256").fill("00".repeat(32));
    await press(page, "Check in: I did it", "You checked in.");
    const [pledge] = (await stack.get(`/v1/people/${person.address}`)).pledges;
    assert.equal(pledge.checked_in, true);
    assert.equal(pledge.evidence.url, "https://example.org/<é>?a=1&b=2");
    assert.equal(extension.signed.length, 4);
    for (const one of extension.signed) assert.match(one, signature);
    visitor.assertQuiet();
    await visitor.leave();
  });
}

test("a refused signature sends nothing and keeps the form", async () => {
  const person = await stack.person();
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 50 })]);
  const { visitor, extension } = await visit(person, { rejects: true });
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  const others = page.getByLabel("How many others must be in before you are?");
  await others.fill("70");
  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  await signReview(page);
  await said(page, "You didn't sign. Nothing was sent.");
  assert.equal(await others.inputValue(), "70");
  assert.equal(await count(page, action, "pledged").innerText(), "0");
  extension.manner.rejects = false;
  // By the keyboard alone: from the button into the review, one step on to Sign, and back in the page.
  await page.getByRole("button", { name: "Pledge", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] h2:focus").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await said(page, "You pledged.");
  await section(page, action).getByText("You act when 70 others do; now 0 would; 70 more tip it.").waitFor();
  visitor.assertQuiet();
  await visitor.leave();
});

test("another account in the extension is another person on the page", async () => {
  const [first, second] = [await stack.person(), await stack.person([])];
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 9 })]);
  const { visitor, extension } = await visit(first);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await press(page, "Pledge", "You pledged.");
  await extension.choose(page, second.mnemonic);
  await page.locator(`#wallet a[title="${second.address}"]`).waitFor();
  await page.locator("[data-offer=pledge]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["already_did", "pledge"]);
  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  await said(page, "Your address has no coins on this chain yet, so it can't pay the fee.");
  // On a local chain the faucet is there for every wallet.
  await page.getByRole("button", { name: "Get coins from the faucet" }).click();
  await said(page, "The faucet sent 1,000 MUST and 1,000 EURO.");
  await press(page, "I have already done it", "You are counted among those who had done it before.");
  assert.equal(await count(page, action, "already_did").innerText(), "1");
  assert.deepEqual(await offersOf(page, action), ["pledge"]);
  await extension.choose(page, first.mnemonic);
  await page.locator("[data-offer=withdraw]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["withdraw"]);
  visitor.assertQuiet();
  await visitor.leave();
});

test("what the chain refuses is a sentence: too few coins, and too late in another tab", async () => {
  // Enough for fees, not for the stake.
  const poor = await stack.person([{ denom: "umust", amount: "1000000" }]);
  const { cause, action } = await stack.cause(creator, [
    newAction({ stake: { ...stake, rule: "required" }, forfeits_to: { everybody: {} } }),
    newAction({ label: "Without coins" }),
  ]);
  const { visitor } = await visit(poor);
  visitor.expect(/\/chain\/simulate.*400/);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await section(page, action).getByRole("button", { name: "Pledge", exact: true }).click();
  await said(page, "You don't have enough coins for this and its fee.");
  // The page doesn't know yet what the same person did elsewhere.
  const free = section(page, action + 1);
  await free.locator("[data-offer=pledge]").waitFor();
  await page.route("**/v1/**", (route) => route.abort());
  visitor.expect(/ERR_FAILED/);
  await stack.send(poor, { pledge: { action: action + 1, needs_others: 7 } });
  await free.getByRole("button", { name: "Pledge", exact: true }).click();
  await said(page, "You have a pledge here already. To change its threshold, withdraw it and pledge again.");
  visitor.assertQuiet();
  await visitor.leave();
});

test("attestor, named address and creator: each is offered their own, and nothing else", async () => {
  const [a, b, c] = [await stack.person(), await stack.person(), await stack.person()];
  const [attestor, named] = [await stack.person(), await stack.person()];
  const { cause, action } = await stack.cause(creator, [
    newAction({
      goal: 3,
      schedule: { at_trigger: { hold: 2, pledge_until: null } },
      stake: { ...stake, rule: "required" },
      fulfilment: { attested: { attestors: [attestor.address], quorum: 1 } },
      forfeits_to: { address: { address: named.address } },
      act_window: 20,
      report_window: 5,
    }),
  ]);
  const { visitor, extension } = await visit(attestor);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await section(page, action).getByText("You are an attestor of this action.").waitFor();
  assert.deepEqual(await offersOf(page, action), ["already_did"]);
  for (const who of [a, b, c]) await stack.send(who, { pledge: { action, needs_others: 2 } }, [stake.coin]);
  await page.locator("[data-offer=attest]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["attest"]);
  await page.getByRole("button", { name: "Attest" }).click();
  await page.getByText("Choose for at least one person.").waitFor();
  const says = (who: Wallet, outcome: string) =>
    page.locator("[data-offer=attest] li", { has: page.locator(`a[title="${who.address}"]`) }).getByRole("combobox").selectOption(outcome);
  await says(a, "did");
  await says(b, "didnt");
  await press(page, "Attest", "Your statements are recorded.");
  // Those whose outcome is final are gone from the list.
  await page.locator("[data-offer=attest] li").nth(1).waitFor({ state: "detached" });
  await says(c, "excused");
  await press(page, "Attest", "Your statements are recorded.");
  assert.deepEqual(await offersOf(page, action), []);

  await page.locator("[data-offer=settle]").waitFor();
  await page.locator("[data-offer=claim_for]").waitFor();
  await press(page, "Settle", "The totals are fixed.");
  await page.locator("[data-offer=claim_forfeits]").waitFor();
  // 5 − 1 % for the keeper, − 2 % of the rest as the fee.
  const due = 4_851_000n;
  const before = await stack.balance(named.address, "ueuro");
  await press(page, "Pay the forfeits", "The forfeits are paid.");
  assert.equal((await stack.balance(named.address, "ueuro")) - before, due);
  await page.locator("[data-offer=claim_forfeits]").waitFor({ state: "detached" });
  await page.getByText("Claim for others").click();
  for (const box of await page.locator("[data-offer=claim_for]").getByRole("checkbox").all()) await box.check();
  await press(page, "Claim for them", "They are paid.");
  const gained = await Promise.all([a, b, c].map((who) => stack.balance(who.address, "ueuro")));
  assert.deepEqual(gained, [1_000_000_000n, 1_000_000_000n - STAKE, 1_000_000_000n]);
  assert.equal(await stack.balance(attestor.address, "ueuro"), 1_000_000_000n + STAKE / 100n);
  assert.deepEqual(await offersOf(page, action), []);

  // On one's own page is what was claimed; and a stranger's page offers nothing once all is paid.
  const mine = await visitor.open(`/people/${a.address}`);
  await mine.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
  assert.equal(await mine.locator("[data-offer]").count(), 0);
  assert.ok(extension.signed.every((one) => one === "direct"));
  visitor.assertQuiet();
  await visitor.leave();
});

test("a creator pays from the campaign fund that rounding and keepers filled", async () => {
  const [kept, broken] = [await stack.person(), await stack.person()];
  const maker = await stack.person();
  const { cause, action } = await stack.cause(maker, [
    newAction({
      goal: 2,
      schedule: { at_trigger: { hold: 2, pledge_until: null } },
      stake: { ...stake, rule: "required" },
      forfeits_to: { everybody: {} },
      act_window: 4,
      report_window: 5,
    }),
  ]);
  for (const who of [kept, broken]) await stack.send(who, { pledge: { action } }, [stake.coin]);
  await stack.action(cause, action, "is bound", (one) => one.phase === "acting");
  await stack.send(kept, { check_in: { action } });
  await stack.action(cause, action, "is settled", (one) => one.phase === "settled");
  // Who broke it claims for themselves: the keeper's part goes to the fund.
  await stack.send(broken, { claim: { action } });
  const { visitor } = await visit(maker);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await page.getByText("In the campaign fund: 0.05 EURO.").waitFor();
  await page.getByLabel("To which address").fill(`${kept.address}x`);
  await page.getByLabel("How much").fill("0.06");
  await page.getByLabel("What for").fill("Paper <b>and</b> stamps");
  await page.getByRole("button", { name: "Spend" }).click();
  await page.getByText("This isn't an address of this chain.").waitFor();
  await page.getByText("At most 0.05 EURO.").waitFor();
  await page.getByLabel("To which address").fill(kept.address.toUpperCase());
  await page.getByLabel("How much").fill("0.03");
  const before = await stack.balance(kept.address, "ueuro");
  assert.match(await press(page, "Spend", "0.03 EURO were spent"), /Paper <b>and<\/b> stamps/);
  assert.equal((await stack.balance(kept.address, "ueuro")) - before, 30_000n);
  await page.getByText("In the campaign fund: 0.02 EURO.").waitFor();
  visitor.assertQuiet();
  await visitor.leave();
});
