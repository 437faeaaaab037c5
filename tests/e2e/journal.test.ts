// Researchers leave an overpriced journal together, on a real chain, to the last coin; and what
// each step costs in gas, which is exact.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Wallet } from "../../scripts/lib/chain.js";
import { type Localnet, startLocalnet } from "../lib/localnet.js";

const STAKE = 10_000_000n;
const coin = (amount: bigint) => ({ denom: "umust", amount: String(amount) });
const wasm = new URL("../../artifacts/causes.wasm", import.meta.url);

let net: Localnet;
let causes: string;
let creator: Wallet;
let association: Wallet;
const people: Wallet[] = [];

async function wallet(): Promise<Wallet> {
  const opened = await Wallet.open({ rpc: net.rpc, prefix: "wasm", gasPrice: "0.025umust" });
  await net.fund(opened.address, "100000000umust");
  return opened;
}

/** Waits until the chain's clock has reached a second. */
async function until(second: number): Promise<void> {
  for (;;) {
    const block = await creator.client.getBlock();
    if (Date.parse(block.header.time) / 1000 >= second) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function now(): Promise<number> {
  return Math.floor(Date.parse((await creator.client.getBlock()).header.time) / 1000);
}

interface Action {
  pledged: number;
  committed: number;
  phase: string;
  active: boolean;
  held: { amount: string } | null;
}

async function start(actions: object[], extra: object = {}): Promise<number> {
  const cause = {
    title: "Leave the overpriced journal",
    summary: "We submit elsewhere from January on.",
    language: "en",
    text: "From January on we neither submit to it nor review for it.",
    cancel: "never",
    actions,
    ...extra,
  };
  const sent = await creator.execute(causes, { create_cause: cause });
  const event = sent.events.find((e) => e.type === "wasm-muster_cause_created");
  return Number(event?.attributes.find((a) => a.key === "first_action")?.value);
}

const action = (extra: object) => ({
  label: "Don't submit",
  description: "You submit nothing to it for a year; anybody can see it in its issues.",
  goal: 1,
  act_window: 3,
  report_window: 8,
  fulfilment: { honor: {} },
  ...extra,
});

const read = (id: number) => creator.query<Action>(causes, { action: { action: id } });

before(async () => {
  net = await startLocalnet();
  creator = await wallet();
  association = await wallet();
  for (let i = 0; i < 5; i++) people.push(await wallet());
  const code = await creator.client.upload(creator.address, await readFile(wasm), 1.5);
  const msg = {
    owner: creator.address,
    treasury: creator.address,
    fee_bps: 200,
    floors: { report: 5, hold: 2, lock: 2, confirm: 2 },
  };
  const made = await creator.client.instantiate(creator.address, code.codeId, msg, "causes", 1.5);
  causes = made.contractAddress;
});

after(async () => {
  for (const one of [creator, association, ...people]) one?.disconnect();
  await net?.stop();
});

test("five arrive one by one and commit 0, 2, 2, 4, 5; one breaks it and forfeits", async () => {
  const close = (await now()) + 20;
  const id = await start([
    action({
      schedule: { at_close: { pledge_until: close } },
      stake: { rule: "required", coin: coin(STAKE) },
      fulfilment: { attested: { attestors: [association.address], quorum: 1 } },
      forfeits_to: { cooperators: {} },
    }),
  ]);
  const committed: number[] = [];
  for (const [i, needs_others] of [1, 1, 3, 3, 3].entries()) {
    await people[i]!.execute(causes, { pledge: { action: id, needs_others } }, [coin(STAKE)]);
    committed.push((await read(id)).committed);
  }
  assert.deepEqual(committed, [0, 2, 2, 4, 5]);
  await until(close);
  assert.deepEqual(
    { phase: (await read(id)).phase, active: (await read(id)).active },
    { phase: "acting", active: true },
  );
  const statements = people.map((p, i) => ({
    person: p.address,
    outcome: i === 4 ? "didnt" : "did",
  }));
  await association.execute(causes, { attest: { action: id, statements } });
  await until(close + 11);
  assert.equal((await read(id)).phase, "settled");
  // Somebody else sends every claim: only the owners are paid, and the keeper its hundredth.
  const before = await Promise.all(people.map((p) => p.balance("umust")));
  for (const person of people) {
    await association.execute(causes, { claim: { action: id, person: person.address } });
  }
  const gained = await Promise.all(
    people.map(async (p, i) => (await p.balance("umust")) - before[i]!),
  );
  const share = (STAKE - STAKE / 100n - ((STAKE - STAKE / 100n) * 200n) / 10_000n) / 4n;
  assert.deepEqual(gained, [...Array(4).fill(STAKE + share), 0n]);
  assert.equal((await read(id)).held?.amount, "0");
  await assert.rejects(
    people[0]!.execute(causes, { claim: { action: id } }),
    /already_done: found a second claim/,
  );
});

test("a missed goal gives everybody their own coins back", async () => {
  const close = (await now()) + 6;
  const id = await start([
    action({
      goal: 50,
      schedule: { at_close: { pledge_until: close } },
      stake: { rule: "optional", coin: coin(STAKE) },
      forfeits_to: { everybody: {} },
    }),
  ]);
  const person = people[0]!;
  await person.execute(causes, { pledge: { action: id } }, [coin(STAKE)]);
  await until(close);
  assert.equal((await read(id)).phase, "failed");
  const before = await person.balance("umust");
  await association.execute(causes, { claim: { action: id, person: person.address } });
  assert.equal((await person.balance("umust")) - before, STAKE);
});

test("a pledge costs the same whoever came before", async (t) => {
  const close = (await now()) + 3_600;
  const id = await start([action({ schedule: { at_close: { pledge_until: close } } })]);
  const gas: bigint[] = [];
  for (const person of people) {
    gas.push((await person.execute(causes, { pledge: { action: id } })).gasUsed);
  }
  const above = await creator.execute(causes, { pledge: { action: id, needs_others: 40 } });
  t.diagnostic(`default pledge: ${gas.join(", ")} gas; a threshold above the goal: ${above.gasUsed}`);
  const spread = Number(gas.reduce((a, b) => (a > b ? a : b)) - gas.reduce((a, b) => (a < b ? a : b)));
  // Sequence numbers and balances of the accounts differ by some bytes, the contract's work doesn't.
  assert.ok(spread < 500, `gas differs by ${spread}`);
  for (const used of gas) assert.ok(used <= 130_000n, `a default pledge costs ${used}`);
  const extra = above.gasUsed - gas[0]!;
  assert.ok(extra <= 6_000n, `a threshold above the goal costs ${extra} more`);
});
