// The scripts that an operator uses: chains beside each other, kept over restarts, and a deployment
// that is made once, found again, and refused in words.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Wallet } from "../../scripts/lib/chain.js";
import { type Localnet, startLocalnet } from "../lib/localnet.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const wasm = new URL("../../artifacts/causes.wasm", import.meta.url);

let folder: string;
let net: Localnet;
let other: Localnet;

interface Run {
  code: number;
  said: string;
}

/** Runs scripts/deploy in the test's folder; `mnemonic` is the key in its environment. */
function deploy(args: string[], mnemonic = ""): Promise<Run> {
  const env = { ...process.env, MUSTER_DEPLOY_MNEMONIC: mnemonic };
  return new Promise((done) => {
    execFile(join(root, "scripts/deploy"), args, { cwd: folder, env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

const deployment = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));
const local = (name: string) => ["--local", join(net.home, "net.json"), "--out", name];
const open = (rpc: string) => Wallet.open({ rpc, prefix: "wasm", gasPrice: "0.025umust" });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-deploy-"));
  [net, other] = await Promise.all([
    startLocalnet({ home: join(folder, "chain") }),
    startLocalnet(),
  ]);
});

after(async () => {
  await net?.stop();
  await other?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("two chains run at once and know nothing of each other", async () => {
  assert.notEqual(net.rpc, other.rpc);
  const here = await open(net.rpc);
  await net.fund(here.address, "1000000umust,7ueuro");
  assert.equal(await here.balance("umust"), 1_000_000n);
  assert.equal(await here.balance("ueuro"), 7n);
  const there = await open(other.rpc);
  assert.equal((await there.client.getBalance(here.address, "umust")).amount, "0");
  here.disconnect();
  there.disconnect();
});

test("a deployment is made once and found again, and its file says what an indexer needs", async () => {
  const first = await deploy(local("first.json"));
  assert.equal(first.code, 0, first.said);
  const file = await deployment("first.json");
  const checksum = createHash("sha256").update(await readFile(wasm)).digest("hex");
  assert.equal(file.contracts.causes.checksum, checksum);
  assert.ok(file.contracts.causes.height > 1);
  const told = { ...file, faucet: undefined, denoms: undefined, contracts: undefined };
  assert.deepEqual(JSON.parse(JSON.stringify(told)), {
    chain_id: "muster-local-1",
    bech32_prefix: "wasm",
    rpc: [net.rpc],
    fee_denom: "umust",
    gas_price: "0.025",
    local: true,
    lcd: net.lcd,
  });
  assert.deepEqual(
    file.denoms.map((d: { symbol: string; exponent: number }) => [d.symbol, d.exponent]),
    [["MUST", 6], ["EURO", 6]],
  );

  assert.equal((await deploy(local("first.json"))).code, 0);
  assert.deepEqual(await deployment("first.json"), file);
});

test("on any chain: a key in a file, the stored code is used again, nobody is admin", async () => {
  const operator = await open(net.rpc);
  await net.fund(operator.address, "5000000umust");
  const key = join(folder, "key");
  await writeFile(key, operator.mnemonic);
  await chmod(key, 0o600);
  const chain = ["--rpc", net.rpc, "--gas-price", "0.03umust", "--prefix", "wasm"];
  const made = await deploy([...chain, "--key-file", key, "--fee-bps", "150", "--out", "public.json"]);
  assert.equal(made.code, 0, made.said);
  assert.match(made.said, /already stored as code 1/);

  const file = await deployment("public.json");
  assert.equal(file.local, false);
  assert.equal(file.faucet, null);
  assert.ok(!JSON.stringify(file).includes(operator.mnemonic));
  const contract = await operator.client.getContract(file.contracts.causes.address);
  assert.ok(!contract.admin);
  const config = await operator.query<object>(file.contracts.causes.address, { config: {} });
  assert.deepEqual(config, {
    owner: operator.address,
    pending_owner: null,
    treasury: operator.address,
    fee_bps: 150,
    floors: { report: 259_200, hold: 86_400, lock: 86_400, confirm: 86_400 },
  });

  const elsewhere = ["--rpc", other.rpc, ...chain.slice(2), "--key-file", key];
  const gone = await deploy([...elsewhere, "--out", "public.json"]);
  assert.equal(gone.code, 1);
  assert.match(gone.said, /isn't on muster-local-1; --replace/);
  operator.disconnect();
});

test("what it can't do it says in one line", async () => {
  const refusals: [string[], RegExp][] = [
    [[], /--rpc URL or --local NET_JSON is required/],
    [["--rpc", "http://127.0.0.1:9", "--gas-price", "1umust", "--prefix", "wasm", "--out", "x"], /a key is required/],
    [["--bogus"], /--bogus/],
    [[...local("x"), "--rpc", "http://127.0.0.1:9"], /no chain answers at http:\/\/127.0.0.1:9/],
    [[...local("x"), "--chain-id", "elsewhere-1"], /belongs to muster-local-1, not to elsewhere-1/],
    [[...local("x"), "--fee-bps", "501"], /fee_bps is 501, allowed are 0 to 500/],
    [[...local("x"), "--wasm-admin", "wasm1nobody"], /bech32/],
  ];
  for (const [args, reason] of refusals) {
    const { code, said } = await deploy(args);
    assert.equal(code, 1, said);
    assert.match(said, reason);
    assert.doesNotMatch(said, /^\s+at /m);
  }
});

test("a chain keeps its state over a stop and a kill, and deploy finds its contract", async () => {
  const before = await deployment("first.json");
  const ends = [() => net.stop(), () => Promise.resolve(process.kill(net.pid, "SIGKILL"))];
  for (const end of ends) {
    await end();
    net = await startLocalnet({ home: net.home });
    const again = await deploy(local("first.json"));
    assert.equal(again.code, 0, again.said);
    assert.deepEqual((await deployment("first.json")).contracts, before.contracts);
  }
});
