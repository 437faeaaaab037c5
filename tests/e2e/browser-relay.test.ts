// A pledge without coins, in a real browser: signed in an extension, handed to a sponsor, seen to land.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { type Sponsor, Stack, newAction } from "../lib/stack.js";

let stack: Stack;
let browser: Browser;
let creator: Wallet;
let sponsors: Sponsor[];

before(async () => {
  [stack, browser] = await startWithBrowser();
  creator = await stack.person();
  sponsors = [await stack.sponsor(), await stack.sponsor()];
  await stack.silence();
  await stack.serve();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function connect(page: Page): Promise<void> {
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
}

test("pledge, vote on words and withdraw without a coin; then through the second sponsor, while the first is away", async () => {
  const person = await stack.person([]);
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 5 })]);
  const visitor = await Visitor.enter(browser, stack.base);
  const extension = await Extension.install(visitor.context, person.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await section(page, action).getByRole("button", { name: "Pledge without coins" }).click();
  const review = await signReview(page);
  assert.match(review, /a sponsor pays it: 127\.0\.0\.1/);
  await said(page, "You pledged. The counters show it.");
  assert.deepEqual(extension.signed, ["amino sign/MsgSignData"]);

  // A vote on what somebody said about themselves.
  const editor = await stack.person();
  await stack.send(editor, { pledge: { action } });
  await stack.send(editor, { say: { cause, words: "I edit the journal" } });
  const rate = page.locator("[data-cause-offers] [data-offer=rate]");
  await rate.getByRole("button", { name: "Sign it for a sponsor to send" }).click();
  assert.match(await signReview(page), /I vote these words up\./);
  await said(page, "You voted.");
  assert.equal((await stack.get(`/v1/causes/${cause}`)).registry[0].up, 1);
  await stack.send(editor, { withdraw: { action } });

  const withdraw = section(page, action).locator("[data-offer=withdraw]");
  await withdraw.waitFor();
  await assertAccessible(page);
  await withdraw.getByRole("button", { name: "Sign it for a sponsor to send" }).click();
  await signReview(page);
  await said(page, "Your pledge is withdrawn.");
  await stack.action(cause, action, "nobody is in", (one) => one.pledged === 0);

  await sponsors[0]?.kill();
  visitor.expect(/502/);
  const offer = section(page, action).locator("[data-offer=pledge]");
  await offer.getByRole("button", { name: "Pledge without coins" }).click();
  await signReview(page);
  await offer.getByText("Other ways, and taking it back").click();
  await said(page, /can't reach/);
  await offer.getByRole("button", { name: `Hand it to ${new URL(sponsors[1]?.base ?? "").host}` }).click();
  await said(page, "You pledged. The counters show it.");
  await stack.action(cause, action, "one is in", (one) => one.pledged === 1);
  assert.equal(extension.signed.length, 4);
  visitor.assertQuiet();
  await visitor.leave();
});
