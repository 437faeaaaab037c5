// A person without any extension, in a real browser on a real chain: from the faucet through a cause
// that tips to the stake and its share, and how one starts a cause of one's own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Visitor, assertAccessible, count, offersOf, said, section, signReview, startWithBrowser } from "../lib/browser.js";
import { Stack, newAction } from "../lib/stack.js";

const STAKE = 10_000_000n;
const stake = { rule: "required", coin: { denom: "umust", amount: String(STAKE) } };
const HOSTILE = `<img src=x onerror="document.title='stolen'"> & <b>bold</b>`;

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

/** Opens the built-in wallet and has the faucet fill it. Returns its address. */
async function useTestWallet(page: Page): Promise<string> {
  const wallet = page.locator("#wallet");
  await wallet.getByRole("button", { name: "Use a test wallet" }).click();
  await wallet.getByText("Test wallet: its key lies unprotected in this browser").waitFor();
  await wallet.getByRole("button", { name: "Get coins from the faucet" }).click();
  await said(page, "The faucet sent 1,000 MUST and 1,000 EURO.");
  const address = await wallet.locator("a.address").getAttribute("title");
  assert.match(address ?? "", /^wasm1[a-z0-9]{38}$/);
  return address ?? "";
}

test("from the faucet to the claim: it tips, one breaks it, stake and share arrive to the last coin", async () => {
  const [other, attestor] = [await stack.person(), await stack.person()];
  const { cause, action } = await stack.cause(
    creator,
    [
      newAction({
        goal: 2,
        schedule: { at_trigger: { hold: 3, pledge_until: null } },
        stake,
        fulfilment: { attested: { attestors: [attestor.address], quorum: 1 } },
        forfeits_to: { cooperators: {} },
        act_window: 10,
        report_window: 5,
      }),
    ],
    { title: HOSTILE },
  );
  await stack.send(other, { pledge: { action, needs_others: 1 } }, [stake.coin]);
  const visitor = await Visitor.enter(browser, stack.base);
  const page = await visitor.open(`/causes/${cause}`);
  assert.equal(await page.locator("h1").innerText(), HOSTILE);
  await section(page, action).getByText("To pledge, connect a wallet").waitFor();
  assert.deepEqual(await offersOf(page, action), []);

  // Without coins it says so, and what to do.
  await page.locator("#wallet").getByRole("button", { name: "Use a test wallet" }).click();
  await section(page, action).getByRole("button", { name: "Pledge", exact: true }).click();
  await said(page, "Your address has no coins on this chain yet");
  await page.getByRole("button", { name: "Disconnect" }).click();
  const me = await useTestWallet(page);
  await section(page, action).locator("[data-offer=pledge]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["already_did", "pledge"]);
  assert.equal(await count(page, action, "committed").innerText(), "0");
  await assertAccessible(page);

  // The review in words; Escape goes back and leaves the form as it was.
  const others = page.getByLabel("How many others must be in before you are?");
  await others.fill("1");
  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor();
  await assertAccessible(page);
  const review = await dialog.innerText();
  assert.match(review, /I will do this if at least 2 people, me among them, do/);
  assert.match(review, /You act when 1 other does; now 1 would, so your pledge tips it/);
  assert.match(review, /At worst\s+0\./);
  assert.match(review, /Most likely\s+10 MUST/);
  // 10 + (10 − 1 %) − 2 % of that.
  assert.match(review, /At best\s+Up to 19\.702 MUST/);
  assert.ok(review.includes(HOSTILE));
  await page.keyboard.press("Escape");
  await said(page, "Nothing was signed or sent.");
  assert.equal(await page.getByRole("button", { name: "Pledge", exact: true }).evaluate((b) => b === document.activeElement), true);
  assert.equal(await others.inputValue(), "1");

  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  await signReview(page);
  await said(page, "You pledged.");
  assert.equal(await count(page, action, "pledged").innerText(), "2");
  assert.equal(await count(page, action, "committed").innerText(), "2");
  assert.deepEqual(await offersOf(page, action), ["withdraw"]);

  // Time alone binds it; the page follows without a reload.
  await page.locator("[data-offer=check_in]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["check_in"]);
  await page.getByText("Add evidence").click();
  await page.getByLabel("Where evidence is, if any").fill("https://example.org/<b>?a=1&b=2");
  await page.getByLabel("The same file").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
  const fingerprint = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  await page.waitForFunction((hash) => document.querySelector<HTMLInputElement>("[name=evidence_sha256]")?.value === hash, fingerprint);
  await page.getByRole("button", { name: "Check in: I did it" }).click();
  await signReview(page);
  await said(page, "You checked in.");
  const { pledges } = await stack.get(`/v1/people/${me}`);
  assert.deepEqual(pledges[0].evidence, { url: "https://example.org/<b>?a=1&b=2", sha256: fingerprint });

  const statements = [
    { person: me, outcome: "did" },
    { person: other.address, outcome: "didnt" },
  ];
  await stack.send(attestor, { attest: { action, statements } });
  await section(page, action).getByText("You kept your promise.").waitFor();
  await page.locator("[data-offer=settle]").waitFor();
  assert.deepEqual(await offersOf(page, action), ["claim", "settle"]);
  await page.getByRole("button", { name: "Settle" }).click();
  await signReview(page);
  await said(page, "The totals are fixed.");

  const before = await stack.balance(me);
  await page.getByRole("button", { name: "Claim 19.702 MUST" }).click();
  const claim = await signReview(page);
  await said(page, "19.702 MUST came back to you.");
  const fee = BigInt((/Fee of the chain\s+0\.(\d{1,6}) MUST/.exec(claim)?.[1] ?? "0").padEnd(6, "0"));
  assert.equal((await stack.balance(me)) - before, STAKE + 9_702_000n - fee);

  // What is left is the other one's claim: nothing for them, the keeper's hundredth for whoever sends it.
  assert.deepEqual(await offersOf(page, action), ["claim_for"]);
  await page.getByText("Claim for others").click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Claim for them" }).click();
  assert.match(await signReview(page), /For sending it you get\s+0\.1 MUST/);
  await said(page, "They are paid.");
  assert.deepEqual(await offersOf(page, action), []);
  assert.deepEqual((await stack.action(cause, action, "is empty", () => true)).held, []);

  // The same wallet is there at the next visit, and knows its own page.
  const mine = await visitor.open("/mine");
  await mine.waitForURL(`**/people/${me}`);
  await assertAccessible(mine);
  visitor.assertQuiet();
  await visitor.leave();
});

test("thresholds off the grid are refused with the two next to them, in the form", async () => {
  const { cause } = await stack.cause(creator, [newAction({ goal: 1_235 })]);
  const visitor = await Visitor.enter(browser, stack.base);
  const page = await visitor.open(`/causes/${cause}`);
  await page.locator("#wallet").getByRole("button", { name: "Use a test wallet" }).click();
  const others = page.getByLabel("How many others must be in before you are?");
  // The largest on the grid that asks for no more than the goal.
  assert.equal(await others.inputValue(), "1200");
  await others.fill("12345");
  await page.getByText("12,345 isn't possible").waitFor();
  await page.getByRole("button", { name: "13,000" }).click();
  assert.equal(await others.inputValue(), "13000");
  await page.getByText("You act when 13,000 others do; now 0 would; 13,000 more tip it.").waitFor();
  await others.fill("-1");
  await page.getByRole("button", { name: "Pledge", exact: true }).click();
  await page.getByText("Write a whole number from 0 to 990,000.").waitFor();
  assert.equal(await page.locator("dialog").count(), 0);
  visitor.assertQuiet();
  await visitor.leave();
});

test("the form starts a cause: wrong entries are said next to them, and the cause shows what was typed", async () => {
  const visitor = await Visitor.enter(browser, stack.base);
  const page = await visitor.open("/new");
  const me = await useTestWallet(page);
  await assertAccessible(page);
  const field = (name: string) => page.locator(`form[data-create-cause] [name=${name}]`);
  const wrong = (name: string) => page.locator(`[data-error-for=${name}]`).first();
  await page.getByRole("button", { name: "Review and sign" }).click();
  await said(page, /entries aren't right yet/);
  assert.equal(await field("title").evaluate((input) => input === document.activeElement), true);
  await wrong("title").getByText("Write something here.").waitFor();

  // Bytes, not characters: 61 times two of them.
  await field("title").fill("é".repeat(61));
  await field("summary").fill("We submit to the open one instead.");
  await field("text").fill("From January on.\n\nNeither submit nor review.");
  await field("tags").fill("science open-access");
  await field("lawful").check();
  await field("label").fill("Don't submit to it");
  await field("description").fill("You submit nothing to it; anybody can see it.");
  await field("goal").fill("2");
  await field("schedule").selectOption("at_trigger");
  await field("hold").fill("30");
  await field("hold_unit").selectOption("1");
  await field("stake_rule").selectOption("required");
  await field("stake_amount").fill("2.5");
  await page.getByText("A few people, or one with a few wallets, can tip it in a moment").waitFor();
  await page.getByRole("button", { name: "Review and sign" }).click();
  await wrong("title").getByText("At most 120 bytes; it has 122.").waitFor();
  await wrong("forfeits_to").getByText("Only where others check").waitFor();
  await field("fulfilment").selectOption("attested");
  await field("attestors").fill(`${creator.address}\n${me}`);
  await page.getByRole("button", { name: "Review and sign" }).click();
  await wrong("attestors").getByText("You can't be that yourself").waitFor();
  await field("attestors").fill(creator.address);
  await page.getByText("One attestor alone decides about everybody's stake.").waitFor();
  await field("title").fill(HOSTILE);
  await assertAccessible(page);

  // A draft survives a reload; another action comes and goes.
  await page.reload();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[name=goal]")?.value === "2");
  assert.equal(await field("title").inputValue(), HOSTILE);
  await page.getByRole("button", { name: "Another action" }).click();
  assert.equal(await page.locator("fieldset[data-new-action]").count(), 2);
  await page.locator("fieldset[data-new-action]").nth(1).getByRole("button", { name: "Remove this action" }).click();
  assert.equal(await page.locator("fieldset[data-new-action]").count(), 1);

  await page.locator("#wallet").getByText("1,000 MUST").waitFor();
  await page.getByRole("button", { name: "Review and sign" }).click();
  const review = await signReview(page);
  assert.match(review, /2\.5 MUST from everybody; what is forfeited goes to those who kept it/);
  await page.waitForURL("**/causes/*");
  assert.equal(await page.locator("h1").innerText(), HOSTILE);
  const id = Number(page.url().split("/").at(-1));
  const made = await stack.get(`/v1/causes/${id}`);
  assert.equal(made.creator, me);
  assert.equal(made.text, "From January on.\n\nNeither submit nor review.");
  assert.deepEqual(made.tags, ["science", "open-access"]);
  assert.deepEqual(made.actions[0].stake, { denom: "umust", amount: "2500000" });

  // Its creator may cancel it as long as nobody has pledged.
  await page.getByRole("button", { name: "Cancel this cause" }).click();
  await signReview(page);
  await said(page, "The cause is cancelled.");
  assert.equal((await stack.get(`/v1/causes/${id}`)).cancelled, true);
  assert.deepEqual(await offersOf(page, made.actions[0].id), []);
  visitor.assertQuiet();
  await visitor.leave();
});

test("every page is accessible and quiet: without a wallet, and with one on a small dark screen", async () => {
  const actions = [newAction(), newAction({ label: HOSTILE, description: HOSTILE, stake, forfeits_to: { everybody: {} } })];
  const { cause, action } = await stack.cause(creator, actions, { title: HOSTILE, summary: HOSTILE, text: HOSTILE, harm_note: HOSTILE });
  await stack.send(creator, { pledge: { action: action + 1, needs_others: 20 } }, [stake.coin]);
  await stack.action(cause, action + 1, "is pledged", (one) => one.pledged === 1);
  const paths = ["/", `/causes/${cause}`, "/new", `/people/${creator.address}`, "/status", "/mine"];
  const small: BrowserContextOptions = { colorScheme: "dark", reducedMotion: "reduce", viewport: { width: 320, height: 640 } };
  for (const like of [{}, small]) {
    const visitor = await Visitor.enter(browser, stack.base, like);
    const connects = like === small;
    if (connects) {
      const page = await visitor.open("/");
      await page.locator("#wallet").getByRole("button", { name: "Use a test wallet" }).click();
      await page.getByRole("button", { name: "Disconnect" }).waitFor();
      await page.close();
    }
    for (const path of paths) {
      const page = await visitor.open(path);
      if (connects && path === "/mine") await page.waitForURL("**/people/*");
      await page.locator("#wallet").getByRole("button", { name: connects ? "Disconnect" : "Use a test wallet" }).waitFor();
      if (path.startsWith("/causes")) await page.locator(connects ? "[data-offer=pledge]" : "[data-invitation]").first().waitFor();
      await assertAccessible(page);
      assert.notEqual(await page.title(), "stolen");
      assert.equal(await page.locator("main b, main img").count(), 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${path} scrolls sideways by ${wide} pixels`);
      await page.close();
    }
    visitor.assertQuiet();
    await visitor.leave();
  }
});
