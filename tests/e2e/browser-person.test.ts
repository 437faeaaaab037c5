// A person's page: one's own pledges wherever they are, and what anybody may send for somebody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type Wallet, chainTime } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, said, signReview, startWithBrowser } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";

const STAKE = 5_000_000n;
const coin = { denom: "ueuro", amount: String(STAKE) };
const stake = { rule: "required", coin };

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

const offers = (page: Page, action: number) =>
  page.locator(`article[data-action="${action}"] [data-offer]`).evaluateAll((all) => all.map((one) => one.getAttribute("data-offer")));

test("time brings a missed goal's stakes back: to oneself on one's own page, to others on theirs", async () => {
  const [me, other] = [await stack.person(), await stack.person()];
  const close = (await chainTime(creator)) + 12;
  const { cause, action } = await stack.cause(creator, [
    newAction({ goal: 50, schedule: { at_close: { pledge_until: close } }, stake, forfeits_to: { everybody: {} } }),
    newAction({ label: "Open for long", goal: 50 }),
  ]);
  for (const who of [me, other]) {
    await stack.send(who, { pledge: { action } }, [coin]);
    await stack.send(who, { pledge: { action: action + 1, needs_others: 60 } });
  }
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, me.mnemonic);
  const page = await visitor.open(`/people/${me.address}`);
  assert.equal(await page.locator("[data-offer]").count(), 0);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator(`article[data-action="${action + 1}"] [data-offer=withdraw]`).waitFor();

  // On somebody else's page nothing of theirs is offered while it is open.
  const theirs = await visitor.open(`/people/${other.address}`);
  await theirs.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();

  // Nobody reloads: the goal is missed, and both pages offer what follows.
  await page.getByRole("button", { name: "Claim 5 EURO" }).waitFor();
  assert.deepEqual(await offers(page, action), ["claim"]);
  assert.deepEqual(await offers(page, action + 1), ["withdraw"]);
  await assertAccessible(page);
  const before = await stack.balance(me.address, "ueuro");
  await page.getByRole("button", { name: "Claim 5 EURO" }).click();
  await signReview(page);
  await said(page, "5 EURO came back to you.");
  assert.equal((await stack.balance(me.address, "ueuro")) - before, STAKE);
  assert.deepEqual(await offers(page, action), []);
  await page.locator(`[data-live="pledge-${action}"]`).getByText("Paid: 5 EURO").waitFor();

  await theirs.getByText("Claim for others").click();
  assert.deepEqual(await offers(theirs, action + 1), []);
  await theirs.getByRole("checkbox").check();
  await theirs.getByRole("button", { name: "Claim for them" }).click();
  await signReview(theirs);
  await said(theirs, "They are paid.");
  assert.equal(await stack.balance(other.address, "ueuro"), 1_000_000_000n);
  assert.equal(await theirs.locator("[data-offer]").count(), 0);

  await page.getByRole("button", { name: "Withdraw my pledge" }).click();
  await signReview(page);
  await said(page, "Your pledge is withdrawn.");
  assert.equal((await stack.action(cause, action + 1, "has one pledge", (one) => one.pledged === 1)).pledged, 1);
  assert.deepEqual(await offers(page, action + 1), ["pledge"]);
  visitor.assertQuiet();
  await visitor.leave();
});

test("an address that can't be read stays on “mine” with what is wrong, wallet or not", async () => {
  const me = await stack.person();
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, me.mnemonic);
  visitor.expect(/\/mine\?address=nonsense.*400/);
  const page = await visitor.open("/mine");
  await page.getByLabel("Address").fill(me.address);
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(`**/people/${me.address}`);
  await page.goto("/mine?address=nonsense");
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
  assert.match(page.url(), /\/mine\?address=nonsense$/);
  await assertAccessible(page);
  await page.goto("/mine");
  await page.waitForURL(`**/people/${me.address}`);
  visitor.assertQuiet();
  await visitor.leave();
});
