// Chain, contract and indexer for one test, on free ports and in folders of their own.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Coin, type Sent, Wallet, attribute } from "../../scripts/lib/chain.js";
import { type Localnet, startLocalnet } from "./localnet.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const muster = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/muster");

/** A fee of 2 % on forfeits, so that it is seen in every sum. */
const FEE_BPS = 200;

const PLENTY = [
  { denom: "umust", amount: "1000000000" },
  { denom: "ueuro", amount: "1000000000" },
];

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Asks until the answer isn't null, for `seconds` at most. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask().catch(() => null);
    if (found !== null) return found;
    if (Date.now() > end) assert.fail(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a sponsor says of an item. */
export interface Fate {
  id?: string;
  state: "queued" | "sent" | "landed" | "refused";
  code?: string;
  reason?: string;
  tx_hash?: string;
  height?: number;
}

/** A running `muster sponsor`. */
export class Sponsor {
  address = "";
  private process: ChildProcess | null = null;

  constructor(
    readonly base: string,
    private readonly args: string[],
  ) {}

  async start(): Promise<void> {
    this.process = spawn(muster, this.args, { stdio: "ignore" });
    this.address = (await eventually("it sponsors", () => this.about())).sponsor;
  }

  /** At once, as a loss of power would. */
  async kill(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }

  async about(): Promise<{ sponsor: string; left_today: number }> {
    return (await (await fetch(`${this.base}/v1/relay`)).json()) as { sponsor: string; left_today: number };
  }

  /** Hands items over. */
  async bring(items: readonly object[]): Promise<Fate[]> {
    const body = JSON.stringify({ items });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.base}/v1/relay`, { method: "POST", headers, body });
    assert.equal(answer.status, 202, await answer.clone().text());
    return ((await answer.json()) as { items: Fate[] }).items;
  }

  /** What became of one that was taken, once that is final. */
  async end(fate: Fate | undefined, seconds = 60): Promise<Fate> {
    return await eventually(
      `the end of ${fate?.id}`,
      async () => {
        const found = (await (await fetch(`${this.base}/v1/relay/${fate?.id}?wait=2`)).json()) as Fate;
        return found.state === "landed" || found.state === "refused" ? found : null;
      },
      seconds,
    );
  }
}

/** A chain with the contract, and an indexer that serves it. */
export class Stack {
  private readonly wallets: Wallet[] = [];

  private constructor(
    readonly net: Localnet,
    readonly base: string,
    readonly causes: string,
    private readonly folder: string,
  ) {}

  private server: ChildProcess | null = null;

  /** The file that tells programs where everything is. */
  get deployment(): string {
    return join(this.folder, "deployment.json");
  }

  static async start(): Promise<Stack> {
    const folder = await mkdtemp(join(tmpdir(), "muster-stack-"));
    let net: Localnet | null = null;
    let stack: Stack | null = null;
    try {
      net = await startLocalnet();
      const deployment = join(folder, "deployment.json");
      const local = join(net.home, "net.json");
      await run(join(root, "scripts/deploy"), ["--local", local, "--out", deployment, "--fee-bps", String(FEE_BPS)]);
      const { contracts } = JSON.parse(await readFile(deployment, "utf8"));
      const base = `http://127.0.0.1:${await freePort()}`;
      stack = new Stack(net, base, contracts.causes.address, folder);
      await stack.serve();
      return stack;
    } catch (error) {
      // What a failed start leaves running keeps the test's process alive for ever.
      if (stack) await stack.stop();
      else {
        await net?.stop();
        await rm(folder, { recursive: true, force: true });
      }
      throw error;
    }
  }

  /** With something else that starts beside it: both, or neither goes on. `end` stops the other. */
  static async startWith<T>(other: Promise<T>, end: (other: T) => Promise<void>): Promise<[Stack, T]> {
    const [stack, beside] = await Promise.allSettled([Stack.start(), other]);
    if (stack.status === "fulfilled" && beside.status === "fulfilled") return [stack.value, beside.value];
    if (stack.status === "fulfilled") await stack.value.stop();
    if (beside.status === "fulfilled") await end(beside.value);
    throw stack.status === "rejected" ? stack.reason : (beside as PromiseRejectedResult).reason;
  }

  /** Starts the indexer, on the same port and database each time. */
  async serve(): Promise<void> {
    const database = `sqlite://${join(this.folder, "index.db")}`;
    const args = ["run", "--deployment", this.deployment, "--db", database, "--listen", this.base.slice(7)];
    // Those that have been started by then.
    const sponsors = this.sponsors.map((sponsor) => sponsor.base);
    if (sponsors.length > 0) args.push("--sponsor", sponsors.join());
    this.server = spawn(muster, args, { stdio: "ignore" });
    await eventually("it serves", async () => ((await fetch(`${this.base}/live`)).ok ? true : null));
  }

  /** Ends the indexer; the chain goes on. */
  async silence(): Promise<void> {
    if (!this.server || this.server.exitCode !== null) return;
    const ended = once(this.server, "exit");
    this.server.kill("SIGTERM");
    await ended;
    this.server = null;
  }

  /** A sponsor with coins, who sends what others signed; `args` besides those that it needs. */
  async sponsor(args: string[] = []): Promise<Sponsor> {
    const name = `sponsor-${(this.sponsors.length += 1)}`;
    const at = (end: string) => join(this.folder, `${name}.${end}`);
    await writeFile(at("key"), randomBytes(32).toString("hex"), { mode: 0o600 });
    const listen = `127.0.0.1:${await freePort()}`;
    const sponsor = new Sponsor(`http://${listen}`, [
      ...["sponsor", "--deployment", this.deployment, "--key", at("key"), "--db", `sqlite://${at("db")}`],
      ...["--listen", listen, ...args],
    ]);
    this.sponsors[this.sponsors.length - 1] = sponsor;
    await sponsor.start();
    await this.net.fund(sponsor.address, "100000000umust");
    return sponsor;
  }

  private readonly sponsors: Sponsor[] = [];

  /** Somebody with coins, who sends by CosmJS. */
  async person(coins: Coin[] = PLENTY): Promise<Wallet> {
    const opened = await this.open();
    if (coins.length === 0) return opened;
    // One for all who ask at once: it sends in sequence.
    this.faucet ??= this.open(this.net.faucetMnemonic);
    await (await this.faucet).send(opened.address, coins);
    return opened;
  }

  private faucet: Promise<Wallet> | null = null;

  private async open(mnemonic?: string): Promise<Wallet> {
    const access = { rpc: this.net.rpc, prefix: "wasm", gasPrice: "0.025umust" };
    const opened = await Wallet.open(mnemonic === undefined ? access : { ...access, mnemonic });
    this.wallets.push(opened);
    return opened;
  }

  async send(who: Wallet, message: object, funds: readonly Coin[] = []): Promise<Sent> {
    return await who.execute(this.causes, message, funds);
  }

  /** Starts a cause and waits until it is served. Returns the numbers of the cause and of its first action. */
  async cause(who: Wallet, actions: object[], extra: object = {}): Promise<{ cause: number; action: number }> {
    const create_cause = {
      title: "Leave the overpriced journal",
      summary: "We submit to the open one instead, from January on.",
      language: "en",
      text: "From January on we neither submit to it nor review for it.",
      cancel: "until_first_pledge",
      actions,
      ...extra,
    };
    const sent = await this.send(who, { create_cause });
    const event = "wasm-muster_cause_created";
    const cause = Number(attribute(sent, event, "cause"));
    await eventually(`cause ${cause} is served`, () => this.get(`/v1/causes/${cause}`));
    return { cause, action: Number(attribute(sent, event, "first_action")) };
  }

  /** Null where there is nothing. */
  async get(path: string): Promise<any> {
    const response = await fetch(this.base + path);
    return response.ok ? await response.json() : null;
  }

  /** Waits until an action is as wanted, and returns it. */
  async action(cause: number, id: number, what: string, wanted: (action: any) => boolean, seconds = 60): Promise<any> {
    return await eventually(
      `action ${id}: ${what}`,
      async () => {
        const found = await this.get(`/v1/causes/${cause}`);
        const action = found?.actions.find((a: { id: number }) => a.id === id);
        return action && wanted(action) ? action : null;
      },
      seconds,
    );
  }

  async balance(address: string, denom = "umust"): Promise<bigint> {
    const { coins } = await this.get(`/chain/balances/${address}`);
    return BigInt(coins.find((c: Coin) => c.denom === denom)?.amount ?? 0);
  }

  async stop(): Promise<void> {
    for (const wallet of this.wallets) wallet.disconnect();
    for (const sponsor of this.sponsors) await sponsor.kill();
    await this.silence();
    await this.net.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An action with windows of a minute's length altogether; everything else as wanted. */
export const newAction = (extra: object = {}): object => ({
  label: "Don't submit to it",
  description: "You submit nothing to it for a year; anybody can see it in its issues.",
  goal: 1,
  schedule: { at_trigger: { hold: 2, pledge_until: null } },
  act_window: 5,
  report_window: 5,
  fulfilment: { honor: {} },
  ...extra,
});
