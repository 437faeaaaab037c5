// A sponsor's refund bonus in a real browser: put in, told to whoever pledges, and taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { type Wallet, chainTime } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, offersOf, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";

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

test("a sponsor puts a bonus in, somebody pledges for it, and the rest comes back where too few were in", async () => {
  const [sponsor, ann] = [await stack.person(), await stack.person()];
  const stake = { rule: "required", coin: { denom: "ueuro", amount: "2000000" } };
  const close = (await chainTime(creator)) + 45;
  const bonus = { sponsor: sponsor.address, per_pledge: "500000", before: close - 4 };
  const terms = { goal: 3, stake, forfeits_to: { everybody: {} }, lock: 3, schedule: { at_close: { pledge_until: close } }, bonus };
  const { cause, action } = await stack.cause(creator, [newAction(terms)]);
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, sponsor.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  const place = section(page, action);
  await place.getByText("its sponsor has put nothing in yet").waitFor();
  await place.locator("[data-offer=sponsor_bonus]").getByLabel("How much").fill("2");
  await place.getByRole("button", { name: "Put it in" }).click();
  const review = await signReview(page);
  assert.match(review, /Each gets\s+up to 0\.5 EURO/);
  await said(page, "You put 2 EURO behind it.");
  await place.getByText("A sponsor has put in 2 EURO").waitFor();

  const other = await Visitor.enter(browser, stack.base);
  await Extension.install(other.context, ann.mnemonic);
  const hers = await other.open(`/causes/${cause}`);
  await hers.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await section(hers, action).getByRole("button", { name: "Pledge", exact: true }).click();
  assert.match(await signReview(hers), /Refund bonus\s+up to 0\.5 EURO besides your stake, if too few are in/);
  await said(hers, /pledged/);
  await assertAccessible(page);

  // Nobody reloads: too few were in.
  await section(hers, action).getByRole("button", { name: "Claim 2.5 EURO" }).click({ timeout: 90_000 });
  await signReview(hers);
  await said(hers, "2.5 EURO came back to you.");
  await place.getByText("gets a refund bonus of 0.5 EURO, on top of the stake").waitFor();
  assert.ok((await offersOf(page, action)).includes("claim_bonus"));
  await place.getByRole("button", { name: "Send the bonus back" }).click();
  await signReview(page);
  await said(page, "1.5 EURO went back to the sponsor.");
  await place.locator("[data-offer=claim_bonus]").waitFor({ state: "detached" });
  assert.equal(await stack.balance(sponsor.address, "ueuro"), 999_500_000n);
  for (const one of [visitor, other]) {
    one.assertQuiet();
    await one.leave();
  }
});
