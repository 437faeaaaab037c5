// Many people at once: accounts with keys of their own, funded together, each sending one signed
// transaction. Nothing is simulated or pre-filled: what the chain then holds, it was sent.
import { encodeSecp256k1Pubkey, pubkeyToAddress } from "@cosmjs/amino";
import { Secp256k1, sha256 } from "@cosmjs/crypto";
import { toBase64, toUtf8 } from "@cosmjs/encoding";
import { encodePubkey, makeAuthInfoBytes, makeSignBytes, makeSignDoc } from "@cosmjs/proto-signing";
import type { EncodeObject } from "@cosmjs/proto-signing";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";

import { sleep } from "../lib/chain.js";
import type { Coin, Wallet } from "../lib/chain.js";

/** One message to a contract, by whoever sends it. */
export interface Call {
  contract: string;
  message: object;
  funds: readonly Coin[];
}

interface Member {
  address: string;
  key: Uint8Array;
  pubkey: Uint8Array;
  accountNumber: number;
}

/** Outputs of one funding transaction: about 35,000 gas each, well below a block's. */
const FUNDED_AT_ONCE = 400;
/** Requests to the node at a time. */
const IN_FLIGHT = 12;
const GAS_PRICE = 0.025;

/** A wallet's message to a contract, as it stands in a transaction. */
export function executes(sender: string, { contract, message, funds }: Call): EncodeObject {
  const msg = toUtf8(JSON.stringify(message));
  return {
    typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract",
    value: MsgExecuteContract.fromPartial({ sender, contract, msg, funds: [...funds] }),
  };
}

/** Accounts that were never used before. */
export class Crowd {
  private constructor(
    readonly members: readonly Member[],
    private readonly payer: Wallet,
    private readonly rpc: string,
    private readonly chainId: string,
  ) {}

  /** Makes and funds that many; `name` keeps crowds of one chain apart. */
  static async gather(name: string, count: number, payer: Wallet, rpc: string, each: Coin): Promise<Crowd> {
    const keys = Array.from({ length: count }, (_, i) => sha256(toUtf8(`muster bench ${name} ${i}`)));
    const members: Member[] = [];
    for (const key of keys) {
      const { pubkey: long } = await Secp256k1.makeKeypair(key);
      const pubkey = Secp256k1.compressPubkey(long);
      const address = pubkeyToAddress(encodeSecp256k1Pubkey(pubkey), "wasm");
      members.push({ address, key, pubkey, accountNumber: -1 });
    }
    for (let i = 0; i < count; i += FUNDED_AT_ONCE) await fund(members.slice(i, i + FUNDED_AT_ONCE), payer, each);
    return new Crowd(members, payer, rpc, await payer.client.getChainId());
  }

  /**
   * Each of them (or those from one place to before another) sends these in one transaction of
   * their own, their first; it is then in the node's mempool.
   */
  async all(calls: readonly Call[], gas: number, from = 0, to = this.members.length): Promise<void> {
    const waiting = this.members.slice(from, to);
    const worker = async (): Promise<void> => {
      for (let member = waiting.shift(); member; member = waiting.shift()) {
        await this.broadcast(await this.signed(member, calls, gas));
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  }

  private async signed(member: Member, calls: readonly Call[], gas: number): Promise<Uint8Array> {
    const messages = calls.map((call) => executes(member.address, call));
    const body = this.payer.client.registry.encode({
      typeUrl: "/cosmos.tx.v1beta1.TxBody",
      value: { messages, memo: "" },
    });
    const pubkey = encodePubkey(encodeSecp256k1Pubkey(member.pubkey));
    const fee = [{ denom: "umust", amount: String(Math.ceil(gas * GAS_PRICE)) }];
    const auth = makeAuthInfoBytes([{ pubkey, sequence: 0 }], fee, gas, undefined, undefined);
    const doc = makeSignDoc(body, auth, this.chainId, member.accountNumber);
    const signature = await Secp256k1.createSignature(sha256(makeSignBytes(doc)), member.key);
    const bytes = new Uint8Array([...signature.r(32), ...signature.s(32)]);
    return TxRaw.encode({ bodyBytes: body, authInfoBytes: auth, signatures: [bytes] }).finish();
  }

  private async broadcast(tx: Uint8Array): Promise<void> {
    for (;;) {
      const { code, log } = await rpcCall<{ code: number; log: string }>(this.rpc, "broadcast_tx_sync", {
        tx: toBase64(tx),
      }).catch((error: Error) => {
        // A second try after a lost answer: it is where it should be.
        if (/already exists in cache/.test(error.message)) return { code: 0, log: "" };
        // The next block makes room; a busy node may drop a connection.
        if (!/mempool is full|fetch failed/.test(error.message)) throw error;
        return { code: -1, log: error.message };
      });
      if (code === 0) return;
      if (code > 0) throw new Error(`a transaction of the crowd was refused: ${log}`);
      await sleep(500);
    }
  }
}

async function fund(members: Member[], payer: Wallet, each: Coin): Promise<void> {
  const total = { denom: each.denom, amount: String(BigInt(each.amount) * BigInt(members.length)) };
  await payer.transact([
    {
      typeUrl: "/cosmos.bank.v1beta1.MsgMultiSend",
      value: {
        inputs: [{ address: payer.address, coins: [total] }],
        outputs: members.map(({ address }) => ({ address, coins: [each] })),
      },
    },
  ]);
  // New accounts are numbered in the order in which they are paid.
  const number = async (member: Member | undefined): Promise<number> => {
    const account = member && (await payer.client.getAccount(member.address));
    if (!account) throw new Error(`${member?.address} has no account though it was paid`);
    return account.accountNumber;
  };
  const first = await number(members[0]);
  if ((await number(members.at(-1))) !== first + members.length - 1) {
    throw new Error("the accounts of a crowd aren't numbered in their order");
  }
  for (const [i, member] of members.entries()) member.accountNumber = first + i;
}

/** One JSON-RPC call of a node. */
export async function rpcCall<T>(rpc: string, method: string, params: object = {}): Promise<T> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(rpc, { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer = (await response.json()) as { result?: T; error?: { message: string; data?: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message} ${answer.error.data ?? ""}`);
  return answer.result as T;
}
