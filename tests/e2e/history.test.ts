// A random history of the contract's model test, sent to the chain's own application with the shipped
// wasm: block by block the same seconds, the same refusals, and in the end the same records and coins.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { after, test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { encodeSecp256k1Pubkey } from "@cosmjs/amino";
import { fromBase64, toHex } from "@cosmjs/encoding";
import { DirectSecp256k1Wallet, Registry, encodePubkey, makeAuthInfoBytes, makeSignDoc } from "@cosmjs/proto-signing";
import { QueryBalanceRequest, QueryBalanceResponse } from "cosmjs-types/cosmos/bank/v1beta1/query";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { QueryAllContractStateRequest, QueryAllContractStateResponse } from "cosmjs-types/cosmwasm/wasm/v1/query";
import { MsgExecuteContract, MsgInstantiateContract, MsgStoreCode } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import { Application } from "../lib/abci.js";
import { assemble } from "../../scripts/lib/assemble.js";
import { STAND_IN } from "../lib/verdict.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** What everybody has at first, as in the suite. */
const PURSE = ["ueuro", "umust"].map((denom) => ({ denom, amount: "1000000000" }));
const UPLOADER = "uploader";
const GAS = 50_000_000;
/** Which history, and how long. */
const SEED = process.env.MUSTER_MODEL_SEED ?? "39595";
const STEPS = process.env.MUSTER_MODEL_STEPS ?? "700";

interface Began {
  time: number;
  chain_id: string;
  contract: string;
  /** What stands in for a verdict contract. */
  verdict: string;
  instantiate: object;
}

interface Sent {
  time: number;
  by: string;
  /** One of the two. */
  contract: string;
  /** The stand-in's is a string. */
  msg: object | string;
  funds: { denom: string; amount: string }[];
  error: string | null;
}

interface Ended {
  people: Record<string, string>;
  balances: [string, string, number | string][];
  records: [string, string][];
}

const text = (value: object | string) => new TextEncoder().encode(JSON.stringify(value));
const registry = new Registry([
  ["/cosmwasm.wasm.v1.MsgStoreCode", MsgStoreCode],
  ["/cosmwasm.wasm.v1.MsgInstantiateContract", MsgInstantiateContract],
  ["/cosmwasm.wasm.v1.MsgExecuteContract", MsgExecuteContract],
]);

/** Somebody of the suite: the key is the hash of the name. */
class Person {
  private sequence = 0;

  private constructor(
    readonly address: string,
    private readonly wallet: DirectSecp256k1Wallet,
    private readonly pubkey: Uint8Array,
  ) {}

  static async named(name: string): Promise<Person> {
    const key = createHash("sha256").update(name).digest();
    const wallet = await DirectSecp256k1Wallet.fromKey(key, "wasm");
    const [account] = await wallet.getAccounts();
    assert.ok(account);
    return new Person(account.address, wallet, account.pubkey);
  }

  /** Signs one message; whatever becomes of it, the next has the next sequence. */
  async sign(chainId: string, account: number, typeUrl: string, value: object): Promise<Uint8Array> {
    const body = registry.encodeTxBody({ messages: [{ typeUrl, value }] });
    const pubkey = encodePubkey(encodeSecp256k1Pubkey(this.pubkey));
    const auth = makeAuthInfoBytes([{ pubkey, sequence: this.sequence }], [], GAS, undefined, undefined);
    this.sequence += 1;
    const { signature } = await this.wallet.signDirect(this.address, makeSignDoc(body, auth, chainId, account));
    return TxRaw.encode({ bodyBytes: body, authInfoBytes: auth, signatures: [fromBase64(signature.signature)] }).finish();
  }
}

async function record(): Promise<{ began: Began; sent: Sent[]; ended: Ended }> {
  const folder = await mkdtemp(join(tmpdir(), "muster-history-"));
  const file = join(folder, "history");
  try {
    const only = ["--exact", "model::random_histories_match_the_reference"];
    await run("cargo", ["test", "--locked", "--quiet", "-p", "muster-causes", "--test", "suite", "--", ...only], {
      cwd: root,
      env: { ...process.env, MUSTER_MODEL_RECORD: file, MUSTER_MODEL_SEED: SEED, MUSTER_MODEL_STEPS: STEPS },
    });
    const lines = (await readFile(file, "utf8")).trim().split("\n");
    const [began, ...rest] = lines.map((line) => JSON.parse(line));
    return { began, sent: rest.slice(0, -1), ended: rest.at(-1) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

let app: Application | null = null;
after(async () => await app?.stop());

test("a random history comes to the same on the chain", async (t) => {
  const { began, sent, ended } = await record();
  const names = [...Object.keys(ended.people), UPLOADER];
  const people = new Map<string, Person>();
  for (const name of names) people.set(name, await Person.named(name));
  for (const [name, address] of Object.entries(ended.people)) assert.equal(people.get(name)?.address, address);

  const accounts = [...people.values()].map(({ address }) => ({ address, coins: PURSE }));
  app = await Application.start(began.time, accounts);
  assert.equal(app.chainId, began.chain_id);
  const chain = app;
  const sign = async (name: string, typeUrl: string, value: object) => {
    const person = people.get(name);
    assert.ok(person, name);
    return await person.sign(chain.chainId, chain.firstAccount + names.indexOf(name), typeUrl, { sender: person.address, ...value });
  };

  const deploy = async (codeId: bigint, label: string, wasmByteCode: Uint8Array, init: object) => {
    const instantiate = { codeId, label, msg: text(init), admin: "", funds: [] };
    for (const [typeUrl, value] of [
      ["/cosmwasm.wasm.v1.MsgStoreCode", { wasmByteCode }],
      ["/cosmwasm.wasm.v1.MsgInstantiateContract", instantiate],
    ] as const) {
      const [result] = await chain.block(began.time, [await sign(UPLOADER, typeUrl, value)]);
      assert.equal(result?.code, 0, result?.log);
    }
  };
  await deploy(1n, "causes", await readFile(join(root, "artifacts/causes.wasm")), began.instantiate);
  await deploy(2n, "verdict stand-in", await assemble(STAND_IN), {});

  let refused = 0;
  for (let next = 0; next < sent.length; ) {
    const { time } = sent[next] as Sent;
    const block: Sent[] = [];
    for (; sent[next]?.time === time; next += 1) block.push(sent[next] as Sent);
    const txs: Uint8Array[] = [];
    for (const { by, contract, msg, funds } of block) {
      txs.push(await sign(by, "/cosmwasm.wasm.v1.MsgExecuteContract", { contract, msg: text(msg), funds }));
    }
    const results = await chain.block(time, txs);
    for (const [i, { by, msg, error }] of block.entries()) {
      const result = results[i];
      assert.ok(result);
      const what = `${by} at ${time}: ${JSON.stringify(msg)}`;
      if (error === null) {
        assert.equal(result.code, 0, `${what}: ${result.log}`);
        continue;
      }
      refused += 1;
      assert.notEqual(result.code, 0, `${what} was taken, and is refused here: ${error}`);
      assert.ok(result.log.includes(error), `${what}: ${result.log}, and here: ${error}`);
    }
  }

  const records: [string, string][] = [];
  for (let key = new Uint8Array(); ; ) {
    const request = QueryAllContractStateRequest.fromPartial({ address: began.contract, pagination: { key, limit: 1_000n } });
    const page = await chain.query("/cosmwasm.wasm.v1.Query/AllContractState", QueryAllContractStateRequest.encode(request).finish());
    const { models, pagination } = QueryAllContractStateResponse.decode(page);
    records.push(...models.map((one): [string, string] => [toHex(one.key), toHex(one.value)]));
    key = new Uint8Array(pagination?.nextKey ?? []);
    if (key.length === 0) break;
  }
  assert.deepEqual(records, ended.records);
  for (const [address, denom, amount] of ended.balances) {
    const request = QueryBalanceRequest.encode({ address, denom }).finish();
    const { balance } = QueryBalanceResponse.decode(await chain.query("/cosmos.bank.v1beta1.Query/Balance", request));
    assert.equal(balance?.amount, String(amount), `${address} of ${denom}`);
  }
  const told = sent.filter(({ contract }) => contract === began.verdict).length;
  assert.ok(told > 0, "the verdict's stand-in was told nothing");
  t.diagnostic(
    `${sent.length} messages, ${told} of them to the verdict's stand-in, ${refused} refused alike; ${records.length} records the same`,
  );
});
