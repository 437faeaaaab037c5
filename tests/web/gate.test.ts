// Gates: the bytes of an attestation, what a wallet lacks, what is pasted, and the form.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ed25519, Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromHex, toHex } from "@cosmjs/encoding";
import { attestationBytes } from "../../scripts/lib/attestation.js";
import { encode } from "../../web/src/bech32.js";
import { type Gate as NewGate, gateFacts, readGate } from "../../web/src/create/gate.js";
import { asks, credentials, lacks } from "../../web/src/offers/gate.js";
import type { Action, Gate } from "../../web/src/types.js";

interface Vector {
  chain_id: string;
  contract: string;
  subject: string;
  claim: string;
  scope: string;
  nullifier: string;
  expires: number;
  bytes: string;
  digest: string;
  secp256k1: { key: string; signature: string };
  ed25519: { key: string; signature: string };
}

test("the bytes and both signatures are those of the vector", async () => {
  const path = new URL("../../schema/testdata/attestation.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(path, "utf8")) as Vector[];
  assert.ok(vectors.length > 1);
  for (const v of vectors) {
    const bytes = attestationBytes({ ...v, nullifier: fromHex(v.nullifier) });
    assert.equal(toHex(bytes), v.bytes);
    assert.equal(toHex(sha256(bytes)), v.digest);
    const signed = Secp256k1Signature.fromFixedLength(fromHex(v.secp256k1.signature));
    assert.ok(await Secp256k1.verifySignature(signed, sha256(bytes), fromHex(v.secp256k1.key)));
    assert.ok(await Ed25519.verifySignature(fromHex(v.ed25519.signature), bytes, fromHex(v.ed25519.key)));
  }
});

const someone = (n: number) => encode("wasm", new Uint8Array(20).fill(n));
const ISSUER = `02${"ab".repeat(32)}`;
const gate = (extra: Partial<Gate> = {}): Gate => ({
  people: null,
  claims: [],
  scope: null,
  only: null,
  communities: [],
  list: [],
  least_kept: null,
  ...extra,
});
const action = (gated: Gate | null, extra: Partial<Action> = {}) => ({ gate: gated, max: null, pledged: 0, ...extra }) as Action;

test("what a wallet lacks, as far as the page knows", () => {
  const me = someone(1);
  assert.deepEqual(lacks(action(null), me, 0), []);
  assert.deepEqual(lacks(action(gate({ list: [me] })), me, 0), []);
  assert.match(lacks(action(gate({ list: [someone(2)] })), me, 0).join(), /one named person/);
  assert.match(lacks(action(gate({ list: [someone(2), someone(3)] })), me, 0).join(), /isn't on the list/);
  assert.match(lacks(action(gate({ least_kept: 2 })), me, 1).join(), /kept 2 pledges.*has kept 1/);
  assert.deepEqual(lacks(action(gate({ least_kept: 2 })), me, 2), []);
  assert.deepEqual(lacks(action(gate({ least_kept: 2 })), me, undefined), []);
  assert.match(lacks(action(null, { max: 3, pledged: 3 }), me, 0).join(), /places are taken/);
  assert.equal(asks(action(gate({ list: [me] }))), null);
  assert.match(asks(action(gate({ only: "organisation", communities: [3, 7] }))) ?? "", /an organisation and be a member of all of the communities 3, 7/);
});

test("attestations are pasted in any order, and say why they don't hold", () => {
  const me = someone(1);
  const word = (claim: string, extra = {}) => ({
    claim,
    issuer: ISSUER,
    subject: me,
    scope: "action:7",
    nullifier: "cd".repeat(32),
    expires: 2_000,
    signature: "ef".repeat(64),
    ...extra,
  });
  const claims = ["person", "resident:NL"].map((claim) => ({ key_type: "secp256k1" as const, issuer: ISSUER, claim }));
  const read = (...words: object[]) => credentials(words.map((w) => JSON.stringify(w)).join("\n"), { claims, scope: "action:7" }, me, 1_000);
  const made = { nullifier: "cd".repeat(32), expires: 2_000, signature: "ef".repeat(64) };
  assert.deepEqual(read(word("resident:NL", { expires: 3_000 }), word("person")), [made, { ...made, expires: 3_000 }]);
  assert.deepEqual(read([word("person"), word("resident:NL")]), [made, made]);
  const says: [string, RegExp][] = [
    [String(read()), /Paste/],
    [String(credentials("nonsense", { claims, scope: "action:7" }, me, 1_000)), /Paste/],
    [String(read({ ...word("person"), signature: "ef" })), /Paste/],
    [String(read(word("person"))), /none that says “resident:NL”/],
    [String(read(word("person", { issuer: `03${"ab".repeat(32)}` }))), /none that says “person”/],
    [String(read(word("person", { scope: "action:8" }), word("resident:NL"))), /made out for “action:8”/],
    [String(read(word("person", { subject: someone(2) }), word("resident:NL"))), /speaks of/],
    [String(read(word("person", { expires: 1_000 }), word("resident:NL"))), /expired/],
  ];
  for (const [said, pattern] of says) assert.match(said, pattern);
});

const rest = { goal: 2, people: 2, lock: 86_400, staked: false, leaves: true, closes: true, confirms: false };
const around = { prefix: "wasm", taken: { creator: someone(1), contract: encode("wasm", new Uint8Array(32)) } };
const PEOPLE = encode("wasm", new Uint8Array(32).fill(5));

test("the form makes gates and caps", () => {
  const read = (entries: Record<string, string>, other = {}) => {
    const { gated, errors } = readGate(entries, { ...rest, ...other }, around);
    assert.deepEqual(errors, {});
    return gated;
  };
  assert.deepEqual(read({}), {});
  assert.deepEqual(read({ gate_list: `${someone(2)}\n${someone(3).toUpperCase()}`, max: "2" }), { max: 2, gate: { list: [someone(2), someone(3)] } });
  const all = read({
    gate_claims: `person ${ISSUER.toUpperCase()}\nresident: of Delft ${"cd".repeat(32)}`,
    gate_scope: "delft-2026",
    gate_only: "person",
    gate_communities: "3, 7",
    gate_people: PEOPLE,
    gate_least_kept: "4",
  });
  const made: NewGate = {
    attested: {
      one_person: { claim: "person", issuer: { secp256k1: ISSUER } },
      also: [{ claim: "resident: of Delft", issuer: { ed25519: "cd".repeat(32) } }],
      scope: "delft-2026",
    },
    only: "person",
    communities: [3, 7],
    least_kept: 4,
    people: PEOPLE,
  };
  assert.deepEqual(all, { gate: made });
  assert.equal(gateFacts({ max: 9, ...all }).length, 5);
  assert.deepEqual(read({ max: "5" }, { staked: true, leaves: false, lock: 0 }), { max: 5 });
});

const rows: [entries: Record<string, string>, field: string, other?: object][] = [
  [{ gate_list: "wasm1nobody" }, "gate_list"],
  [{ gate_list: `${someone(2)} ${someone(2)}` }, "gate_list"],
  [{ gate_list: someone(2) }, "gate_list"],
  [{ gate_claims: "person" }, "gate_claims"],
  [{ gate_claims: `person ${"04".repeat(33)}` }, "gate_claims"],
  [{ gate_claims: Array(5).fill(0).map((_, i) => `claim ${i} ${ISSUER}`).join("\n") }, "gate_claims"],
  [{ gate_claims: `person ${ISSUER}\nperson ${ISSUER}` }, "gate_claims"],
  [{ gate_claims: `${"x".repeat(65)} ${ISSUER}` }, "gate_claims"],
  [{ gate_scope: "delft" }, "gate_scope"],
  [{ gate_claims: `person ${ISSUER}`, gate_scope: "action:1" }, "gate_scope"],
  [{ gate_only: "person" }, "gate_people"],
  [{ gate_communities: "1", gate_people: "x" }, "gate_people"],
  [{ gate_communities: "1", gate_people: around.taken.contract }, "gate_people"],
  [{ gate_people: PEOPLE }, "gate_people"],
  [{ gate_communities: "1 2 3 4 5", gate_people: PEOPLE }, "gate_communities"],
  [{ gate_communities: "1 1", gate_people: PEOPLE }, "gate_communities"],
  [{ gate_communities: "x", gate_people: PEOPLE }, "gate_communities"],
  [{ gate_least_kept: "0" }, "gate_least_kept"],
  [{ max: "5" }, "max"],
  [{ max: "1" }, "max", { staked: true }],
  [{ max: "x" }, "max", { staked: true }],
  [{ max: "5" }, "max", { staked: true, lock: 0 }],
  [{ max: "5" }, "max", { staked: true, closes: false }],
  [{ max: "5" }, "max", { staked: true, confirms: true }],
];
for (const [entries, field, other] of rows) {
  test(`refused next to ${field}: ${JSON.stringify(entries).slice(0, 70)}`, () => {
    assert.deepEqual(Object.keys(readGate(entries, { ...rest, ...other }, around).errors), [field]);
  });
}
