// The indexer on a real chain: what REST says of five pledges, and that kill -9 loses nothing.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Wallet } from "../../scripts/lib/chain.js";
import { type Localnet, startLocalnet } from "../lib/localnet.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const muster = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/muster");

let net: Localnet;
let folder: string;
let deployment: string;
let child: ChildProcess | undefined;
let base: string;

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function get(path: string): Promise<any> {
  const response = await fetch(base + path);
  return await response.json();
}

/** Asks until the answer is as wanted, for 30 seconds at most. */
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (await check().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`not within 30 s: ${what}`);
}

async function serve(): Promise<void> {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const db = `sqlite://${join(folder, "served.db")}`;
  const args = ["run", "--deployment", deployment, "--db", db, "--listen", `127.0.0.1:${port}`];
  child = spawn(muster, args, { stdio: "ignore" });
  await eventually("it serves", async () => (await fetch(`${base}/live`)).ok);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-indexer-"));
  deployment = join(folder, "deployment.json");
  net = await startLocalnet();
  await run(join(root, "scripts/deploy"), [
    "--local",
    join(net.home, "net.json"),
    "--out",
    deployment,
  ]);
  await serve();
});

after(async () => {
  child?.kill("SIGKILL");
  await net?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("REST shows 0, 2, 2, 4, 5, and a restart after kill -9 has the hash of a fresh index", async () => {
  const { contracts } = JSON.parse(await readFile(deployment, "utf8"));
  const causes: string = contracts.causes.address;
  const people: Wallet[] = [];
  for (let i = 0; i < 5; i++) {
    const opened = await Wallet.open({ rpc: net.rpc, prefix: "wasm", gasPrice: "0.025umust" });
    await net.fund(opened.address, "100000000umust");
    people.push(opened);
  }
  const create_cause = {
    title: "Leave <b>the</b> journal",
    summary: "We submit elsewhere from January on.",
    language: "en",
    text: "From January on we neither submit to it nor review for it.",
    cancel: "never",
    actions: [
      {
        label: "Don't submit",
        description: "You submit nothing to it for a year.",
        goal: 1,
        schedule: { at_close: { pledge_until: Math.floor(Date.now() / 1000) + 3_600 } },
        act_window: 60,
        report_window: 60,
        fulfilment: { honor: {} },
      },
    ],
  };
  await people[0]!.execute(causes, { create_cause });
  const seen: number[] = [];
  for (const [i, needs_others] of [1, 1, 3, 3, 3].entries()) {
    await people[i]!.execute(causes, { pledge: { action: 1, needs_others } });
    await eventually(`pledge ${i + 1} is shown`, async () => {
      const [action] = (await get("/v1/causes/1")).actions;
      if (action.pledged !== i + 1) return false;
      seen.push(action.committed);
      return true;
    });
    if (i === 2) {
      child?.kill("SIGKILL");
      await serve();
    }
  }
  assert.deepEqual(seen, [0, 2, 2, 4, 5]);
  assert.equal((await get("/v1/causes/1")).title, "Leave <b>the</b> journal");
  assert.equal((await get("/v1/causes/1/pledges")).pledges.length, 5);
  assert.equal((await fetch(`${base}/v1/causes/2`)).status, 404);
  assert.equal((await fetch(`${base}/v1/causes/x`)).status, 400);

  const height: number = (await get("/v1/status")).indexed_height;
  child?.kill("SIGKILL");
  const hash = async (name: string) => {
    const db = `sqlite://${join(folder, name)}`;
    const until = String(height + 5);
    const port = await freePort();
    const listen = `127.0.0.1:${port}`;
    await run(muster, ["run", "--deployment", deployment, "--db", db, "--until", until, "--listen", listen]);
    return (await run(muster, ["hash", "--db", db])).stdout.trim();
  };
  const [restarted, fresh] = [await hash("served.db"), await hash("fresh.db")];
  assert.match(fresh, /[0-9a-f]{64}/);
  assert.equal(restarted, fresh);
  for (const person of people) person.disconnect();
});
