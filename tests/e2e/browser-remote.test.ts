// What differs where the chain isn't a local one, and where it is slow: the same chain, with answers
// changed on their way to the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Extension } from "../lib/browser-keplr.js";
import { Visitor, offersOf, said, signReview, startWithBrowser } from "../lib/browser.js";
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

/** The server says that this is a public chain, and the bank has no name for the stake's coin. */
async function asPublicChain(visitor: Visitor): Promise<void> {
  await visitor.context.route("**/chain/info", async (route) => {
    const info = await (await route.fetch()).json();
    const denoms = info.denoms.filter((d: { denom: string }) => d.denom !== "ueuro");
    await route.fulfill({ json: { ...info, local: false, faucet: null, lcd: null, denoms } });
  });
}

const scripts = (visitor: Visitor): string[] => {
  const loaded: string[] = [];
  visitor.context.on("request", (request) => {
    if (request.resourceType() === "script") loaded.push(request.url());
  });
  return loaded;
};

async function connect(page: Page): Promise<void> {
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await page.locator("#wallet").getByRole("button", { name: "Disconnect" }).waitFor();
}

test("a public chain has neither test wallet nor faucet, suggests nothing, and marks unknown coins", async () => {
  const person = await stack.person();
  const stake = { rule: "required", coin: { denom: "ueuro", amount: "5000" } };
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 5, stake, forfeits_to: { everybody: {} } })]);
  const without = await Visitor.enter(browser, stack.base);
  await asPublicChain(without);
  const page = await without.open(`/causes/${cause}`);
  await page.locator("#wallet").getByText("To take part, open this page in a browser with a Cosmos wallet").waitFor();
  assert.equal(await page.getByRole("button", { name: /test wallet|faucet/i }).count(), 0);
  // Nor does it wake one that was used here while the chain was a local one.
  await page.evaluate(() => localStorage.setItem("muster.wallet", "test-wallet"));
  const loaded = scripts(without);
  await page.reload();
  await page.locator("#wallet").getByText("To take part").waitFor();
  assert.ok(loaded.length > 0);
  assert.deepEqual(loaded.filter((url) => url.includes("/local-")), []);
  without.assertQuiet();
  await without.leave();

  const visitor = await Visitor.enter(browser, stack.base);
  await asPublicChain(visitor);
  const extension = await Extension.install(visitor.context, person.mnemonic);
  const mine = await visitor.open(`/causes/${cause}`);
  await connect(mine);
  assert.deepEqual(extension.suggested, []);
  assert.equal(await mine.getByRole("button", { name: /faucet/i }).count(), 0);
  await mine.getByText("A stake of 5,000 ueuro (unverified denom) goes along.").waitFor();
  await mine.getByRole("button", { name: "Pledge", exact: true }).click();
  assert.match(await signReview(mine), /Most likely\s+5,000 ueuro \(unverified denom\)/);
  await said(mine, "You pledged.");
  assert.deepEqual(await offersOf(mine, action), ["withdraw"]);
  visitor.assertQuiet();
  await visitor.leave();
});

test("a transaction that isn't in a block after a minute: it says so, and one may look again", async () => {
  const person = await stack.person();
  const { cause, action } = await stack.cause(creator, [newAction({ goal: 5 })]);
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, person.mnemonic);
  visitor.expect(/\/chain\/txs\/.*404/);
  const page = await visitor.context.newPage();
  await page.clock.install();
  await page.route("**/chain/txs/**", (route) => route.fulfill({ status: 404, json: { detail: "not in a block yet" } }));
  await page.goto(`/causes/${cause}`);
  await connect(page);
  // The minute begins when the page first looks for it, which is later than the words “Sent.”
  const looked = page.waitForResponse("**/chain/txs/**");
  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  await signReview(page);
  await said(page, "Sent. Waiting for the block…");
  await looked;
  await page.clock.fastForward("01:05");
  await said(page, "It was handed to the chain but isn't in a block after a minute. It may still arrive");
  await page.unroute("**/chain/txs/**");
  await page.getByRole("button", { name: "Look again" }).click();
  await said(page, "You pledged.");
  assert.deepEqual(await offersOf(page, action), ["withdraw"]);
  visitor.assertQuiet();
  await visitor.leave();
});

test("a server that doesn't answer is said, and nothing is lost", async () => {
  const person = await stack.person();
  const { cause } = await stack.cause(creator, [newAction({ goal: 5 })]);
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, person.mnemonic);
  visitor.expect(/ERR_(FAILED|INTERNET_DISCONNECTED)|502/);
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  const others = page.getByLabel("How many others must be in before you are?");
  await others.fill("8");
  const pledge = page.getByRole("button", { name: "Pledge", exact: true });
  await page.route("**/chain/**", (route) => route.abort());
  await pledge.click();
  await said(page, "The server doesn't answer. Check your connection and try again.");
  await page.unroute("**/chain/**");
  await page.route("**/chain/simulate", (route) => route.fulfill({ status: 502, json: { detail: "no node of the chain answers" } }));
  await pledge.click();
  await said(page, "The server can't reach the chain just now. Try again in a moment.");
  await page.unroute("**/chain/simulate");
  assert.equal(await others.inputValue(), "8");
  await pledge.click();
  await signReview(page);
  await said(page, "You pledged.");
  visitor.assertQuiet();
  await visitor.leave();
});

test("in a crowd beyond what a page lists an attestor finds somebody by the whole address", async () => {
  const [attestor, person] = [await stack.person(), await stack.person()];
  const { cause, action } = await stack.cause(creator, [
    newAction({
      schedule: { at_trigger: { hold: 2, pledge_until: null } },
      fulfilment: { attested: { attestors: [attestor.address], quorum: 1 } },
      act_window: 600,
    }),
  ]);
  await stack.send(person, { pledge: { action } });
  await stack.action(cause, action, "is bound", (one) => one.phase === "acting");
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, attestor.mnemonic);
  // As if two thousand others came before, and more after them.
  await visitor.context.route("**/v1/causes/*/pledges?*", async (route) => {
    const [one] = (await (await route.fetch()).json()).pledges;
    const crowd = Array.from({ length: 2_000 }, (_, i) => ({ ...one, address: `wasm1crowd${i}` }));
    await route.fulfill({ json: { pledges: crowd, next_page_token: "more" } });
  });
  const page = await visitor.open(`/causes/${cause}`);
  await connect(page);
  const rows = page.locator("[data-offer=attest] li");
  await rows.nth(49).waitFor();
  assert.equal(await rows.count(), 50);
  await page.locator("[data-offer=attest]").getByRole("button", { name: "Show more" }).click();
  assert.equal(await rows.count(), 100);
  await rows.first().getByRole("combobox").selectOption("did");
  await page.getByLabel("Find a person").fill(person.address);
  // Whoever was chosen stays in sight; choosing nothing for them lets them go.
  await rows.nth(1).waitFor();
  assert.equal(await rows.count(), 2);
  await rows.first().getByRole("combobox").selectOption("");
  await rows.nth(1).getByRole("combobox").selectOption("did");
  await page.getByRole("button", { name: "Attest", exact: true }).click();
  await signReview(page);
  await said(page, "Your statements are recorded.");
  assert.equal((await stack.get(`/v1/people/${person.address}`)).pledges[0].outcome, "did");
  visitor.assertQuiet();
  await visitor.leave();
});
