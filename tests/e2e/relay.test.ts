// A hundred people without coins pledge through one sponsor, on a real chain; and what a sponsor may
// neither lose nor pay for.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Wallet } from "../../scripts/lib/chain.js";
import { chainTime } from "../../scripts/lib/chain.js";
import { type Does, type Signed, document } from "../../web/src/relay/doc.js";
import { keyWallet } from "../../web/src/wallet/key.js";
import { type Sponsor, Stack, eventually, newAction } from "../lib/stack.js";

let stack: Stack;
let starter: Wallet;
let sponsor: Sponsor;

before(async () => {
  stack = await Stack.start();
  starter = await stack.person();
  sponsor = await stack.sponsor(["--every", "300", "--per-signer", "5"]);
});

after(async () => await stack?.stop());

/** Somebody with a key and nothing else: neither coins nor an account. */
const nobody = (name: string) => keyWallet(new Uint8Array(createHash("sha256").update(name).digest()), "wasm");

async function sign(name: string, sequence: number, does: Does, chainId = stack.net.chainId): Promise<Signed> {
  const wallet = nobody(name);
  const { bech32Address, pubKey } = await wallet.getKey("");
  const expires = (await chainTime(starter)) + 3_600;
  const doc = document(bech32Address, { chainId, contract: stack.causes, sequence, expires, does });
  const { signature } = await wallet.signAmino!(chainId, bech32Address, doc);
  return { key: Buffer.from(pubKey).toString("base64"), signature: signature.signature, sequence, expires, does };
}

const addressOf = async (name: string): Promise<string> => (await nobody(name).getKey("")).bech32Address;
const pledge = (action: number): Does => ({ pledge: { action, needs_others: 0 } });
const soon = (seconds: number) => ({ at_close: { pledge_until: Math.floor(Date.now() / 1000) + seconds } });
const start = (goal = 1) => stack.cause(starter, [newAction({ goal, schedule: soon(600) })]);

test("a hundred people without coins pledge through one sponsor, in one transaction", async () => {
  const { cause, action } = await start(100);
  const names = Array.from({ length: 100 }, (_, i) => `person ${i}`);
  const items = await Promise.all(names.map((name) => sign(name, 1, pledge(action))));
  const taken = await sponsor.bring(items);
  const ends = await Promise.all(taken.map((fate) => sponsor.end(fate)));
  assert.deepEqual(new Set(ends.map((end) => end.state)), new Set(["landed"]));
  const hashes = new Set(ends.map((end) => end.tx_hash));
  assert.equal(hashes.size, 1);
  const tx = await stack.get(`/chain/txs/${[...hashes][0]}`);
  const each = tx.gas_used / 100;
  console.log(`a relayed pledge: ${each} gas, its share of the transaction included`);
  assert.ok(each <= 10_000, `${each} gas`);
  await stack.action(cause, action, "all are in", (a) => a.pledged === 100 && a.committed === 100);
  // They have no account, and the page says who sent it.
  const address = await addressOf("person 7");
  assert.equal(await stack.get(`/chain/accounts/${address}`), null);
  const person = await stack.get(`/v1/people/${address}`);
  assert.equal(person.pledges[0].sponsor, sponsor.address);
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /sent by/);
});

test("what is bad is refused singly and costs the sponsor nothing; the rest lands", async () => {
  const { cause, action } = await start();
  const good = await sign("ann", 1, pledge(action));
  const before = await stack.balance(sponsor.address);
  const [foreign, altered, unknown] = await sponsor.bring([
    await sign("ann", 1, pledge(action), "elsewhere-1"),
    { ...good, sequence: 2 },
    await sign("bob", 1, pledge(9_999)),
  ]);
  assert.deepEqual([foreign?.code, altered?.code, unknown?.state], ["bad_signature", "bad_signature", "queued"]);
  assert.equal((await sponsor.end(unknown)).code, "unknown_action");
  assert.equal(await stack.balance(sponsor.address), before);
  // Twice the same is one; once it landed, it can't be again.
  const [first, again] = await sponsor.bring([good, good]);
  assert.equal(first?.id, again?.id);
  assert.equal((await sponsor.end(first)).state, "landed");
  const other = await stack.sponsor(["--every", "300"]);
  const [replayed] = await other.bring([good]);
  assert.equal((await other.end(replayed)).state, "refused");
  await stack.action(cause, action, "one is in", (a) => a.pledged === 1);
});

test("a sponsor hoards, a second one sends, and void leaves the first with nothing", async () => {
  const { cause, action } = await start();
  const hoarded = await sign("cas", 1, pledge(action));
  const other = await stack.sponsor(["--every", "300"]);
  const [gone] = await other.bring([await sign("cas", 2, { void: {} })]);
  assert.equal((await other.end(gone)).state, "landed");
  const [late] = await sponsor.bring([hoarded]);
  assert.equal((await sponsor.end(late)).code, "stale_sequence");
  const [now] = await other.bring([await sign("cas", 3, pledge(action))]);
  assert.equal((await other.end(now)).state, "landed");
  await stack.action(cause, action, "one is in", (a) => a.pledged === 1);
});

test("a kill at any moment loses nothing that was taken, and sends nothing twice", async () => {
  const { cause, action } = await start();
  for (let round = 0; round < 6; round += 1) {
    const names = [0, 1, 2].map((i) => `round ${round} ${i}`);
    const taken = await sponsor.bring(await Promise.all(names.map((name) => sign(name, 1, pledge(action)))));
    await new Promise((resolve) => setTimeout(resolve, round * 250));
    await sponsor.kill();
    await sponsor.start();
    for (const fate of taken) assert.equal((await sponsor.end(fate)).state, "landed", `round ${round}`);
  }
  await stack.action(cause, action, "all are in", (a) => a.pledged === 18);
});

test("a day has its limits, and one may always send it oneself", async () => {
  const { action } = await start();
  const sequence = [1, 2, 3, 4, 5, 6];
  const items = await Promise.all(sequence.map((n) => sign("dan", n, { void: {} })));
  const fates = await sponsor.bring(items);
  assert.deepEqual(fates.map((fate) => fate.code), [undefined, undefined, undefined, undefined, undefined, "limit"]);
  await sponsor.end(fates[4]);
  // The same bytes, sent by anybody.
  const item = await sign("dan", 9, pledge(action));
  await stack.send(starter, { relay: { items: [item] } });
  const person = await eventually("it is in", async () => {
    const found = await stack.get(`/v1/people/${await addressOf("dan")}`);
    return found.pledges.length > 0 ? found : null;
  });
  assert.equal(person.pledges[0].sponsor, starter.address);
});

test("a key that others may read is refused", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-key-"));
  const key = join(folder, "key");
  await writeFile(key, "01".repeat(32));
  const binary = fileURLToPath(new URL("../../target/debug/muster", import.meta.url));
  const muster = process.env.CARGO_TARGET_DIR ? join(process.env.CARGO_TARGET_DIR, "debug/muster") : binary;
  await chmod(key, 0o644);
  const args = ["sponsor", "--deployment", stack.deployment, "--key", key, "--listen", "127.0.0.1:0"];
  const said = await promisify(execFile)(muster, args).then(
    () => "it started",
    (error: { stderr: string }) => error.stderr,
  );
  assert.match(said, /found mode 0644, allowed is 0600/);
  assert.ok(!said.includes("0101"));
  await rm(folder, { recursive: true });
});
