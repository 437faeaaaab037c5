// A real browser for tests of pages: Chromium without a head, and an ear for everything it complains of.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page, chromium } from "playwright-core";
import { Stack } from "./stack.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** CHROMIUM, or what the machine has. */
function executable(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next name.
    }
  }
  throw new Error("no Chromium found: install Debian's package chromium, or set CHROMIUM to its path");
}

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: executable(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A chain with everything that serves it, and a browser. */
export const startWithBrowser = (): Promise<[Stack, Browser]> => Stack.startWith(openBrowser(), (browser) => browser.close());

/** One visitor: a browser profile of its own, and what its pages complained of. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly base: string,
  ) {}

  /** Somebody who doesn't live in UTC. */
  static async enter(browser: Browser, base: string, like: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: base, timezoneId: "Europe/Amsterdam", locale: "en-GB", ...like });
    context.setDefaultTimeout(30_000);
    return new Visitor(context, base);
  }

  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    this.listen(page);
    await page.goto(path);
    return page;
  }

  private listen(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      const from = message.location().url;
      if (this.expected.some((pattern) => pattern.test(`${from} ${message.text()}`))) return;
      this.complaints.push(`${message.type()}: ${message.text()} (${from})`);
    });
  }

  private readonly expected: RegExp[] = [];

  /** A refusal that the test brings about on purpose. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** Nothing went wrong unseen: no errors, nothing that the Content-Security-Policy had to stop. */
  assertQuiet(): void {
    assert.deepEqual(this.complaints, []);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** WCAG 2.2 A and AA, and axe's own good practice: no violations on the page as it stands. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: any[] }> } };
    const { violations } = await axe.run();
    return violations.map((v) => `${v.id}: ${v.nodes.map((n: { html: string }) => n.html).join(" | ")}`);
  });
  assert.deepEqual(found, [], `axe on ${page.url()}`);
}

/** The section of an action on its cause's page. */
export const section = (page: Page, action: number): Locator => page.locator(`section[data-action="${action}"]`);

export const count = (page: Page, action: number, name: string): Locator =>
  section(page, action).locator(`[data-count="${name}"]`).first();

/** The kinds of offers that an action shows now. */
export async function offersOf(page: Page, action: number): Promise<string[]> {
  const found = section(page, action).locator("[data-offer]");
  return (await found.evaluateAll((all) => all.map((one) => one.getAttribute("data-offer") ?? ""))).sort();
}

/** Reads the review and signs it. Returns what it said. */
export async function signReview(page: Page): Promise<string> {
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor();
  const text = await dialog.innerText();
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  return text;
}

/** Waits for what the page says of the last thing one did. */
export async function said(page: Page, text: string | RegExp): Promise<void> {
  await page.locator("#notice").getByText(text).waitFor();
}
