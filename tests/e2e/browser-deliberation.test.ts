// A ballot in a real browser: through a sponsor without a coin, scored anew in a transaction of one's
// own, and what the page says of the choice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, assertAccessible, openBrowser, said, section, signReview } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";

let stack: Stack;
let browser: Browser;
let creator: Wallet;

before(async () => {
  [stack, browser] = await Promise.all([Stack.start(), openBrowser()]);
  creator = await stack.person();
  await stack.sponsor(["--every", "300"]);
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

test("a ballot without coins, another one with, and the choice on the page", async () => {
  const other = await stack.person();
  const without = await stack.person([]);
  const labels = ["Move to Vermont", "Move to Wyoming", "Move to New Hampshire"];
  const actions = labels.map((label) => newAction({ label, goal: 2, act_window: 600 }));
  const score_until = Math.floor(Date.now() / 1000) + 75;
  const { cause, action } = await stack.cause(creator, actions, { deliberation: { alternatives: 3, score_until } });
  await stack.send(other, { pledge: { action, needs_others: 0 } });
  await stack.send(other, { score: { cause, scores: [5, 0, 3] } });

  const visitor = await Visitor.enter(browser, stack.base);
  const extension = await Extension.install(visitor.context, without.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  await section(page, action).getByText(/of which one is chosen: nobody is bound before/).waitFor();
  const ballot = page.locator("[data-cause-offers] [data-offer=score]");
  assert.equal(await ballot.count(), 0, "no voice without a pledge");
  await section(page, action + 2).getByRole("button", { name: "Pledge without coins" }).click();
  await signReview(page);
  await said(page, "You pledged. The counters show it.");
  await ballot.getByLabel("Move to New Hampshire").selectOption("5");
  await ballot.getByLabel("Move to Vermont").selectOption("1");
  await assertAccessible(page);
  await ballot.getByRole("button", { name: "Sign it for a sponsor to send" }).click();
  const review = await signReview(page);
  assert.match(review, /Move to Wyoming\s+0/);
  assert.match(review, /a sponsor pays it/);
  await said(page, "Your scores are counted.");
  assert.deepEqual(extension.signed, ["amino sign/MsgSignData", "amino sign/MsgSignData"]);
  const counted = (await stack.get(`/v1/causes/${cause}`)).deliberation;
  assert.deepEqual(counted.alternatives.map((a: { score: number }) => a.score), [6, 0, 8]);

  // The other one, with coins, in a browser of their own.
  const second = await Visitor.enter(browser, stack.base);
  await Extension.install(second.context, other.mnemonic);
  const own = await second.open(`/causes/${cause}`);
  await connect(own);
  const anew = own.locator("[data-cause-offers] [data-offer=score]");
  await anew.getByRole("button", { name: "Score anew" }).waitFor();
  assert.equal(await anew.getByLabel("Move to Vermont").inputValue(), "5");
  await anew.getByLabel("Move to New Hampshire").selectOption("4");
  await anew.getByRole("button", { name: "Score anew" }).click();
  await signReview(own);
  await said(own, "Your scores are counted.");

  // Nobody reloads anything: the choice falls, and the page says so.
  const choice = page.locator("#choice");
  await choice.getByText(/Into the runoff went the two with the highest sums: Move to New Hampshire with 9, Move to Vermont with 6\./).waitFor({ timeout: 120_000 });
  await ballot.waitFor({ state: "detached" });
  await section(page, action).getByText(/not chosen/i).first().waitFor();
  await section(page, action + 2).getByText(/Binds once enough have been in/).waitFor();
  await assertAccessible(page);
  visitor.assertQuiet();
  second.assertQuiet();
  await Promise.all([visitor.leave(), second.leave()]);
});
