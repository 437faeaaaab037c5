// Actions that bind together by a message, in a real browser: anybody may send it, once it can be sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
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

test("two roles that require each other: a stranger binds them once both have enough", async () => {
  const [drives, cooks, stranger] = [await stack.person(), await stack.person(), await stack.person()];
  const schedule = { at_trigger: { hold: 2, pledge_until: null } };
  const { cause, action } = await stack.cause(creator, [
    newAction({ label: "Drive", schedule, requires: [{ own: 1 }], act_window: 600 }),
    newAction({ label: "Cook", schedule, requires: [{ own: 0 }], act_window: 600 }),
  ]);
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, stranger.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await section(page, action).locator("[data-offer=pledge]").waitFor();
  await section(page, action).getByRole("button", { name: "Pledge", exact: true }).click();
  const review = page.locator("dialog[open]");
  await review.getByText(`action ${action + 1}`, { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await stack.send(drives, { pledge: { action } });
  // One role has enough, the other hasn't: nothing can be bound, however long it has been so.
  await stack.action(cause, action, "is ready", (one) => one.committed === 1);
  assert.deepEqual(await offersOf(page, action), ["already_did", "pledge"]);
  await stack.send(cooks, { pledge: { action: action + 1 } });
  for (const role of [action, action + 1]) {
    await section(page, role).locator("[data-offer=activate]").waitFor();
    assert.deepEqual(await offersOf(page, role), ["activate", "already_did", "pledge"]);
  }
  await assertAccessible(page);
  await section(page, action).getByRole("button", { name: "Bind them together" }).click();
  await signReview(page);
  await said(page, "They are bound.");
  for (const role of [action, action + 1]) {
    await stack.action(cause, role, "is bound", (one) => one.phase === "acting" && one.active);
    await section(page, role).locator("[data-offer]").first().waitFor({ state: "detached" });
    assert.deepEqual(await offersOf(page, role), []);
  }
  visitor.assertQuiet();
  await visitor.leave();
});

test("a counterpart that hasn't answered: no pledges, and the page says why", async () => {
  const [other, person] = [await stack.person(), await stack.person()];
  const { cause, action } = await stack.cause(creator, [newAction({ counterpart: other.address })]);
  const visitor = await Visitor.enter(browser, stack.base);
  await Extension.install(visitor.context, person.mnemonic);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Connect wallet" }).click();
  await section(page, action).getByText("Takes no pledges until its counterpart has answered.").waitFor();
  await section(page, action).locator("[data-offer]").first().waitFor();
  assert.deepEqual(await offersOf(page, action), ["already_did"]);
  await stack.cause(other, [newAction({ requires: [{ action }] })]);
  await section(page, action).locator("[data-offer=pledge]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["already_did", "pledge"]);
  visitor.assertQuiet();
  await visitor.leave();
});
