// Counters that move while one looks: tabs that share a stream, browsers that can't, a server that is
// away for a while.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Visitor, section, startWithBrowser } from "../lib/browser.js";
import { Stack, eventually, newAction } from "../lib/stack.js";

let stack: Stack;
let browser: Browser;
let creator: Wallet;
let people: Wallet[];

before(async () => {
  [stack, browser] = await startWithBrowser();
  creator = await stack.person();
  people = [await stack.person(), await stack.person(), await stack.person()];
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const cause = () => stack.cause(creator, [newAction({ goal: 3, schedule: { at_trigger: { hold: 600, pledge_until: null } } })]);

const shows = (page: Page, action: number, name: string, number: number) =>
  section(page, action).locator(`[data-count=${name}]`, { hasText: new RegExp(`^${number}$`) }).waitFor();

/** Every stream that this visitor's pages open. */
function streams(visitor: Visitor): string[] {
  const opened: string[] = [];
  visitor.context.on("request", (request) => {
    if (request.url().endsWith("/events")) opened.push(request.url());
  });
  return opened;
}

test("two tabs share one stream, and the one that is left takes it over", async () => {
  const { cause: id, action } = await cause();
  const visitor = await Visitor.enter(browser, stack.base);
  const opened = streams(visitor);
  const [first, second] = [await visitor.open(`/causes/${id}`), await visitor.open(`/causes/${id}`)];
  for (const [i, person] of people.slice(0, 2).entries()) {
    await stack.send(person, { pledge: { action } });
    for (const page of [first, second]) await shows(page, action, "pledged", i + 1);
  }
  assert.equal(opened.length, 1);
  await first.close();
  await stack.send(creator, { pledge: { action } });
  await shows(second, action, "committed", 3);
  assert.equal(opened.length, 2);
  assert.equal(await section(second, action).locator("progress").getAttribute("aria-valuetext"), "3 of 3");
  // Regions that only the server writes follow too, with their times in the reader's zone.
  await second.locator("[data-live=pledges] tbody tr").nth(2).waitFor();
  assert.match(await second.locator("[data-live=pledges] time").first().innerText(), /CES?T \(.+ UTC\)$/);
  // Read aloud: the first change at once, what follows within ten seconds later and together.
  await second.locator("p.sr[aria-live]", { hasText: "Don't submit to it: 3 of 3" }).waitFor({ state: "attached" });
  visitor.assertQuiet();
  await visitor.leave();
});

test("a browser without locks listens in each tab", async () => {
  const { cause: id, action } = await cause();
  const visitor = await Visitor.enter(browser, stack.base);
  await visitor.context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  const opened = streams(visitor);
  const pages = [await visitor.open(`/causes/${id}`), await visitor.open(`/causes/${id}`)];
  await eventually("both tabs listen", async () => (opened.length === 2 ? true : null));
  await stack.send(people[0]!, { pledge: { action } });
  for (const page of pages) await shows(page, action, "pledged", 1);
  visitor.assertQuiet();
  await visitor.leave();
});

test("after a break of the server the page goes on by itself, with what happened meanwhile", async () => {
  const { cause: id, action } = await cause();
  const visitor = await Visitor.enter(browser, stack.base);
  // The browser notes each try while nobody answers.
  visitor.expect(/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/);
  const page = await visitor.open(`/causes/${id}`);
  await stack.send(people[0]!, { pledge: { action } });
  await shows(page, action, "pledged", 1);
  await stack.silence();
  await stack.send(people[1]!, { pledge: { action } });
  await stack.serve();
  await shows(page, action, "pledged", 2);
  await stack.send(people[2]!, { pledge: { action } });
  await shows(page, action, "committed", 3);
  visitor.assertQuiet();
  await visitor.leave();
});

test("what one types survives the changes around it", async () => {
  const { cause: id, action } = await cause();
  const visitor = await Visitor.enter(browser, stack.base);
  const page = await visitor.open(`/causes/${id}`);
  await page.locator("#wallet").getByRole("button", { name: "Use a test wallet" }).click();
  const others = page.getByLabel("How many others must be in before you are?");
  await others.fill("7");
  const details = section(page, action).getByText("Everybody’s conditions");
  await stack.send(people[0]!, { pledge: { action } });
  await section(page, action).getByText("You act when 7 others do; now 1 would; 6 more tip it.").waitFor();
  await details.click();
  await stack.send(people[1]!, { pledge: { action } });
  await section(page, action).getByText("You act when 7 others do; now 2 would; 5 more tip it.").waitFor();
  await page.locator("[data-live=pledges] tbody tr").nth(1).waitFor();
  assert.equal(await others.inputValue(), "7");
  // What was opened stays open, and keeps the focus though its region was written anew.
  const open = section(page, action).locator(`[data-live="curve-${action}"] details`);
  assert.equal(await open.evaluate((element: HTMLDetailsElement) => element.open), true);
  assert.equal(await open.locator("summary").evaluate((element) => element === document.activeElement), true);
  visitor.assertQuiet();
  await visitor.leave();
});
