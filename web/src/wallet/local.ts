// Loaded on a local chain only: a test wallet with a worthless key of its own, and the faucet.
import * as api from "../api.js";
import { coin, feeFor } from "../coins.js";
import { Sentence } from "../errors.js";
import { fromHex, toHex } from "../tx/bytes.js";
import { deliver, wait } from "../tx/follow.js";
import type { Message } from "../tx/msgs.js";
import { sign } from "../tx/sign.js";
import { bankSend } from "../tx/wire.js";
import type { ChainInfo, Coin } from "../types.js";
import { isKey, keyOf, keyWallet, randomKey } from "./key.js";
import type { Provider } from "./provider.js";

const STORED = "muster.test-key";
/** Of each coin that the local chain names, in its display unit: enough for many pledges. */
const GIFT = 1_000n;
/** Others draw from the same faucet: a sequence may be taken by the time it is used. */
const TRIES = 10;
const FAUCET_GAS = 200_000;

function secret(): Uint8Array {
  const stored = fromHex(localStorage.getItem(STORED) ?? "");
  if (stored.length === 32 && isKey(stored)) return stored;
  const fresh = randomKey();
  localStorage.setItem(STORED, toHex(fresh));
  return fresh;
}

/** The wallet of this browser: the same key at each visit. */
export function testWallet(info: ChainInfo): Promise<Provider> {
  try {
    return Promise.resolve(keyWallet(secret(), info.bech32_prefix));
  } catch {
    return Promise.reject(new Sentence("This browser keeps nothing for this page, so a test wallet can't live here."));
  }
}

function gift(info: ChainInfo): Coin[] {
  const named = info.denoms.filter((d) => d.exponent > 0).map((d) => coin(d.denom, GIFT * 10n ** BigInt(d.exponent)));
  return named.length > 0 ? named : [coin(info.fee_denom, GIFT * 1_000_000n)];
}

function gifted(from: string, to: string, amount: Coin[]): Message {
  const sorted = [...amount].sort((a, b) => (a.denom < b.denom ? -1 : 1));
  return {
    typeUrl: "/cosmos.bank.v1beta1.MsgSend",
    value: bankSend(from, to, sorted),
    amino: { type: "cosmos-sdk/MsgSend", value: { from_address: from, to_address: to, amount: sorted } },
  };
}

/** What the chain says where somebody else used the faucet's sequence first. */
const isRace = (error: unknown): boolean =>
  error instanceof api.Refusal && /account sequence mismatch|already exists|signature verification/.test(error.raw ?? "");

/** Sends test coins to an address and waits until they are there. Returns what was sent. */
export async function faucet(info: ChainInfo, to: string): Promise<Coin[]> {
  if (!info.faucet) throw new Sentence("This chain has no faucet.");
  const provider = keyWallet(await keyOf(info.faucet.mnemonic), info.bech32_prefix);
  const key = await provider.getKey(info.chain_id);
  const sent = gift(info);
  const message = gifted(key.bech32Address, to, sent);
  const fee = { gas: BigInt(FAUCET_GAS), amount: [coin(info.fee_denom, feeFor(FAUCET_GAS, info.gas_price))] };
  for (let left = TRIES; ; left -= 1) {
    const account = await api.account(key.bech32Address);
    if (!account) throw new Sentence("The faucet is empty.");
    const bytes = await sign({ provider, key, chainId: info.chain_id, ...account }, [message], fee);
    try {
      await deliver(bytes);
      return sent;
    } catch (error) {
      if (!isRace(error) || left === 0) throw error;
      await wait(200 + Math.random() * 600);
    }
  }
}
