// The one command: somebody who has never seen this starts it, joins the open cause, and has the
// stake back with its share; stopping stops all of it, and the next start goes on quickly.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Sent, Wallet } from "../../scripts/lib/chain.js";

const up = fileURLToPath(new URL("../../scripts/up", import.meta.url));
const STAKE = 10_000_000n;
/** Of five two break the promise: a hundredth to who claims it, the rest to three. */
const SHARE = (2n * (STAKE - STAKE / 100n)) / 3n;

/** One `scripts/up`, and all that it said. */
class Up {
  said = "";
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** When all that it, and what it started, will ever say was said. */
  readonly closed: Promise<number | null>;
  private constructor(readonly home: string, readonly port: number, extra: NodeJS.ProcessEnv) {
    const env = { ...process.env, MUSTER_HOME: home, MUSTER_PORT: String(port), ...extra };
    this.child = spawn(up, [], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.said += chunk.toString()));
    }
    this.ended = once(this.child, "exit").then(([code]) => code as number | null);
    this.closed = once(this.child, "close").then(([code]) => code as number | null);
  }

  static begin(at: string, port: number, extra: NodeJS.ProcessEnv = {}): Up {
    return new Up(at, port, extra);
  }

  /** Until it has said this, so many times. */
  async says(what: RegExp, times = 1): Promise<RegExpMatchArray[]> {
    const all = new RegExp(what, "g");
    await eventually(`it says ${what}`, async () => {
      if (this.child.exitCode !== null) assert.fail(`it ended: ${this.said}`);
      return [...this.said.matchAll(all)].length >= times;
    });
    return [...this.said.matchAll(all)];
  }

  async get(path: string): Promise<any> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`);
    assert.equal(response.status, 200, path);
    return await response.json();
  }

  async stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    return await this.ended;
  }

  /** The pids of what it started. */
  async pids(): Promise<number[]> {
    const files = ["chain/pid", "indexer.pid", "demo.pid"].map((name) => readFile(join(this.home, name), "utf8"));
    return (await Promise.all(files)).map((text) => Number.parseInt(text, 10));
  }
}

let home: string;
let port: number;
let running: Up;
const others: Up[] = [];

/** Asks until the answer is as wanted, for three minutes at most. */
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 180_000;
  while (Date.now() < end) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`not within three minutes: ${what}; it said: ${running.said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

before(async () => {
  home = await mkdtemp(join(tmpdir(), "muster-up-"));
  port = await freePort();
  running = Up.begin(home, port);
});

after(async () => {
  for (const one of [running, ...others]) if (one.child.exitCode === null) await one.stop();
  await rm(home, { recursive: true, force: true });
});

/** What the fee of a transaction was. */
const feeOf = (sent: Sent): bigint => {
  const event = sent.events.find((e) => e.type === "tx" && e.attributes.some((a) => a.key === "fee"));
  return BigInt(event?.attributes.find((a) => a.key === "fee")?.value.replace("umust", "") ?? "0");
};

test("a newcomer draws stake and share, to the last coin; one who never checks in forfeits", async (t) => {
  const [line] = await running.says(/open for you: http:\/\/127\.0\.0\.1:(\d+)\/causes\/(\d+)/);
  assert.equal(Number(line?.[1]), port);
  const cause = Number(line?.[2]);
  assert.match(running.said, new RegExp(`page +http://127.0.0.1:${port}/`));
  assert.match(running.said, /test wallet/);
  assert.match(running.said, /stop +Ctrl-C/);
  assert.equal((await fetch(`http://127.0.0.1:${port}/causes/${cause}`)).status, 200);

  const info = await running.get("/chain/info");
  const { rpc } = JSON.parse(await readFile(join(home, "deployment.json"), "utf8"));
  const chain = { rpc: rpc[0], prefix: "wasm", gasPrice: "0.025umust" };
  const faucet = await Wallet.open({ ...chain, mnemonic: info.faucet.mnemonic });
  const [newcomer, idler] = [await Wallet.open(chain), await Wallet.open(chain)];
  const contract: string = info.contracts.causes.address;
  for (const { address } of [newcomer, idler]) await faucet.send(address, [{ denom: "umust", amount: "50000000" }]);

  const read = async () => (await running.get(`/v1/causes/${cause}`)).actions[0];
  const { id, pledged, committed } = await read();
  assert.deepEqual([pledged, committed], [3, 0]);
  const stake = { denom: "umust", amount: String(STAKE) };
  const counts: number[][] = [];
  for (const [wallet, needs_others] of [[idler, 4], [newcomer, 0]] as const) {
    const { height } = await wallet.execute(contract, { pledge: { action: id, needs_others } }, [stake]);
    const [action] = (await running.get(`/v1/causes/${cause}?min_height=${height}`)).actions;
    counts.push([action.pledged, action.committed]);
  }
  assert.deepEqual(counts, [[4, 0], [5, 5]]);
  await eventually("it activates", async () => (await read()).active);
  await running.says(/open for you: http/, 2);
  t.diagnostic("it tipped, and the next one is open");
  await newcomer.execute(contract, { check_in: { action: id } });
  const mine = async () => (await running.get(`/v1/people/${newcomer.address}`)).pledges[0];
  await eventually("the attestor says that the newcomer did it", async () => (await mine()).outcome === "did");
  await eventually("it may be claimed", async () => (await mine()).claimable !== null);
  const expected = { denom: "umust", amount: String(STAKE + SHARE) };
  assert.deepEqual((await mine()).claimable, [expected]);
  const held = await newcomer.balance("umust");
  const claim = await newcomer.execute(contract, { claim: { action: id } });
  assert.equal((await newcomer.balance("umust")) - held + feeOf(claim), STAKE + SHARE);
  await eventually("all that lay there is drawn", async () => (await read()).held.length === 0);
  const idle = (await running.get(`/v1/people/${idler.address}`)).pledges[0];
  assert.deepEqual([idle.outcome, idle.status, idle.paid], ["didnt", "claimed", []]);
  for (const wallet of [faucet, newcomer, idler]) wallet.disconnect();
});

test("the journal has 0, 2, 2, 4, 5 committed and is settled; the missed goal gave all back", async () => {
  await running.says(/journal: played to its end/);
  await running.says(/bicycle shed: played to its end/);
  const { causes } = await running.get("/v1/causes");
  const titled = (words: string) => causes.find((cause: { title: string }) => cause.title.includes(words));
  const journal = titled("journal").id;
  const counts = [...running.said.matchAll(/cause (\d+): .* (\d) pledged, (\d) committed/g)].filter(
    ([, cause]) => Number(cause) === journal,
  );
  assert.deepEqual(counts.map(([, , , committed]) => Number(committed)), [0, 2, 2, 4, 5]);
  const [action] = titled("journal").actions;
  assert.deepEqual(
    [action.phase, action.pledged, action.committed, action.checked_in, action.totals_fixed, action.held],
    ["settled", 5, 5, 4, true, []],
  );
  assert.deepEqual(action.paid_out, [{ denom: "umust", amount: String(5n * STAKE) }]);
  const share = (STAKE - STAKE / 100n) / 4n;
  assert.deepEqual([action.totals.broken, action.totals.share_each], [1, String(share)]);
  const [shed] = titled("bicycle shed").actions;
  assert.deepEqual([shed.phase, shed.pledged, shed.committed, shed.held], ["failed", 3, 0, []]);
  assert.deepEqual(shed.paid_out, [{ denom: "umust", amount: String(3n * STAKE) }]);
});

test("a second one on the same folder or port says so in one line and harms nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-up-"));
  const same = Up.begin(home, await freePort());
  const elsewhere = Up.begin(folder, port);
  others.push(same, elsewhere);
  assert.equal(await same.closed, 1);
  assert.match(same.said, /^error: another scripts\/up runs in [^\n]*\n$/);
  assert.equal(await elsewhere.closed, 1);
  assert.match(elsewhere.said, new RegExp(`^error: port ${port} is in use[^\n]*\n$`));
  await rm(folder, { recursive: true, force: true });
  assert.equal((await running.pids()).every(lives), true);
});

test("what the machine lacks is named, all of it, before anything is built", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-up-"));
  const bin = join(folder, "bin");
  await mkdir(bin);
  for (const path of (process.env.PATH ?? "").split(":").filter(existsSync)) {
    for (const name of await readdir(path)) {
      if (name !== "go" && name !== "npm") await symlink(join(path, name), join(bin, name)).catch(() => undefined);
    }
  }
  const lacking = Up.begin(join(folder, "home"), await freePort(), { PATH: bin });
  others.push(lacking);
  assert.notEqual(await lacking.closed, 0);
  assert.match(lacking.said, /lacks:\n {2}- Go 1\.25 or newer.*go\.dev\/dl\n {2}- npm, .*nodejs\.org\n/);
  assert.doesNotMatch(lacking.said, /npm packages|contracts/);
  await rm(folder, { recursive: true, force: true });
});

test("the demo refuses every chain but a local one", async () => {
  const deployment = JSON.parse(await readFile(join(home, "deployment.json"), "utf8"));
  const file = join(home, "public.json");
  await writeFile(file, JSON.stringify({ ...deployment, local: false }));
  const child = spawn(join(up, "../demo"), ["--deployment", file, "--url", `http://127.0.0.1:${port}`]);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = await once(child, "close");
  assert.equal(code, 1);
  assert.match(said, /^error: .* isn't a local chain; the demo plays on local ones only\n$/);
});

test("SIGTERM stops all of it; the next start is quick and keeps the state", async (t) => {
  const before = await running.get("/v1/causes");
  const pids = await running.pids();
  assert.equal(await running.stop(), 0);
  assert.deepEqual(pids.filter(lives), []);
  assert.equal(existsSync(join(home, "up.pid")), false);

  const began = Date.now();
  running = Up.begin(home, port);
  await running.says(/Muster runs on this machine/);
  const answered = await running.get("/v1/causes");
  const took = (Date.now() - began) / 1000;
  t.diagnostic(`the second start took ${took.toFixed(1)} s`);
  assert.ok(took < 30, `${took} s`);
  const titles = (answer: { causes: { title: string }[] }) => answer.causes.map(({ title }) => title);
  assert.deepEqual(titles(answered), titles(before));
  await running.says(/open for you: http/);
});

test("what a killed one left is stopped by the next; a child that dies ends all", async () => {
  const left = await running.pids();
  running.child.kill("SIGKILL");
  await running.ended;
  assert.equal(left.every(lives), true);
  running = Up.begin(home, port);
  await running.says(/Muster runs on this machine/);
  await running.says(/open for you: http/);
  assert.deepEqual(left.filter(lives), []);

  const [chain, indexer, demo] = (await running.pids()) as [number, number, number];
  process.kill(indexer, "SIGKILL");
  assert.equal(await running.closed, 1);
  assert.match(running.said, /error: the indexer ended by itself; the end of /);
  assert.deepEqual([chain, indexer, demo].filter(lives), []);
});
