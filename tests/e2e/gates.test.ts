// Gates and caps on a real chain: attested persons with signatures of both kinds, a group that acts
// if one person does, records of another contract read raw, and places that are taken.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Wallet } from "../../scripts/lib/chain.js";
import { Stack, newAction } from "../lib/stack.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const muster = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/muster");

let stack: Stack;
let folder: string;
const people: Wallet[] = [];
const who = (i: number) => people[i] as Wallet;
const pledge = (one: Wallet, action: number, credentials: object[] = []) =>
  stack.send(one, { pledge: { action, needs_others: 0, ...(credentials.length > 0 && { credentials }) } });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-gates-"));
  stack = await Stack.start();
  for (let i = 0; i < 4; i++) people.push(await stack.person());
});

after(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** An issuer as somebody runs it. */
async function issuer(kind: string) {
  const key = join(folder, kind);
  const made = await run(muster, ["attest", "new", "--key-file", key, "--kind", kind]);
  const issuer = { [kind]: made.stdout.trim().split(" ")[1] };
  const sign = async (action: number, subject: Wallet, person: string, claim = "person"): Promise<object> => {
    const where = ["--chain-id", "muster-local-1", "--contract", stack.causes, "--subject", subject.address];
    const what = ["--action", String(action), "--person", person, "--claim", claim];
    const { stdout } = await run(muster, ["attest", "sign", "--key-file", key, ...where, ...what]);
    const { nullifier, expires, signature } = JSON.parse(stdout);
    return { nullifier, expires, signature };
  };
  return { issuer, sign };
}

test("attested persons: two issuers with keys of both kinds; one person with two wallets is in once", async (t) => {
  const [first, second] = [await issuer("secp256k1"), await issuer("ed25519")];
  const attested = {
    one_person: { issuer: first.issuer, claim: "person" },
    also: [{ issuer: second.issuer, claim: "resident:NL-NH" }],
  };
  const { cause, action } = await stack.cause(who(3), [newAction({ goal: 2, gate: { attested } })]);
  const both = async (one: Wallet, person: string) => [
    await first.sign(action, one, person),
    await second.sign(action, one, person, "resident:NL-NH"),
  ];
  await assert.rejects(pledge(who(0), action), /not_admitted/);
  const anns = await both(who(0), "Ann");
  await assert.rejects(pledge(who(1), action, anns), /bad_credential/);
  await pledge(who(0), action, anns);
  await assert.rejects(pledge(who(1), action, await both(who(1), "Ann")), /same_person/);
  await stack.send(who(0), { withdraw: { action } });
  await pledge(who(1), action, await both(who(1), "Ann"));
  await pledge(who(2), action, await both(who(2), "Bob"));
  await stack.send(who(2), { withdraw: { action } });
  const last = await pledge(who(2), action, await both(who(2), "Bob"));
  t.diagnostic(`a pledge with two attestations: ${last.gasUsed} gas`);
  const shown = await stack.action(cause, action, "two are in", (a) => a.committed === 2);
  assert.equal(shown.gate.scope, `action:${action}`);
  assert.deepEqual(shown.gate.claims.map((c: { claim: string }) => c.claim), ["person", "resident:NL-NH"]);
  const { pledges } = await stack.get(`/v1/causes/${cause}/pledges`);
  const until = Math.floor(Date.now() / 1000) + 29 * 86_400;
  const stands = pledges.filter((p: { status: string }) => p.status !== "withdrawn");
  assert.ok(stands.length === 2 && stands.every((p: { attested_until: number }) => p.attested_until > until));
  const page = await (await fetch(`${stack.base}/causes/${cause}`)).text();
  assert.match(page, /Who may pledge.*“resident:NL-NH”, by the issuer with the key [0-9a-f]{64}/s);
});

test("a group acts if one person does", async () => {
  const [boss, group] = [who(0), who(1)];
  const hers = await stack.cause(boss, [newAction({ label: "I resign", counterpart: group.address, gate: { list: [boss.address] } })]);
  const theirs = await stack.cause(group, [newAction({ label: "We end the strike", goal: 2, requires: [{ action: hers.action }] })]);
  await assert.rejects(pledge(group, hers.action), /not_admitted/);
  await pledge(boss, hers.action);
  await pledge(group, theirs.action);
  await assert.rejects(stack.send(who(3), { activate: { action: hers.action } }), /not_ready/);
  await pledge(who(2), theirs.action);
  await stack.action(theirs.cause, theirs.action, "ready", (a) => a.can_activate);
  await stack.send(who(3), { activate: { action: hers.action } });
  for (const { cause, action } of [hers, theirs]) {
    await stack.action(cause, action, "bound", (a) => a.phase === "acting");
  }
});

test("records of another contract are read raw; one that has none lets nobody in", async () => {
  // Another instance of this very code: it has a version, and no record of a registration.
  const { codeId } = await who(3).client.getContract(stack.causes);
  const floors = { report: 5, hold: 2, lock: 2, confirm: 2 };
  const message = { owner: who(3).address, treasury: who(3).address, fee_bps: 0, floors };
  const other = await who(3).instantiate(codeId, message, "people");
  const gate = { people: other.address, only: "organisation" };
  const { action } = await stack.cause(who(3), [newAction({ gate })]);
  await assert.rejects(pledge(who(0), action), /not_admitted.*registered as nothing/s);
  const nobody = { ...gate, people: who(0).address };
  await assert.rejects(stack.cause(who(3), [newAction({ gate: nobody })]), /bad_answer/);
});

test("places under a cap: full, and free again when somebody leaves before the lock", async () => {
  const pledge_until = Math.floor(Date.now() / 1000) + 60;
  const stake = { rule: "required", coin: { denom: "ueuro", amount: "1000" } };
  const capped = { max: 2, lock: 10, schedule: { at_close: { pledge_until } }, stake, forfeits_to: { everybody: {} } };
  await assert.rejects(stack.cause(who(3), [newAction({ ...capped, lock: 1 })]), /out_of_range/);
  const { cause, action } = await stack.cause(who(3), [newAction(capped)]);
  const enter = (one: Wallet) => stack.send(one, { pledge: { action } }, [stake.coin]);
  await enter(who(0));
  await enter(who(1));
  await assert.rejects(enter(who(2)), /full: action \d+ has 2 pledges, allowed are 2/);
  await stack.send(who(1), { withdraw: { action } });
  await enter(who(2));
  const shown = await stack.action(cause, action, "full", (a) => a.pledged === 2);
  assert.equal(shown.max, 2);
});
