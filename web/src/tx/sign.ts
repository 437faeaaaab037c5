// A thin signer: builds a transaction, has a wallet sign it, and puts it together. Direct where the
// wallet can; amino JSON where it can't, as with a Ledger.
import { isRejection } from "../errors.js";
import type { Coin } from "../types.js";
import type { AminoDoc, Key, Provider } from "../wallet/provider.js";
import { bytesOf, fromBase64 } from "./bytes.js";
import type { Message } from "./msgs.js";
import { AMINO_JSON, DIRECT, authInfo, txBody, txRaw } from "./wire.js";

export interface Fee {
  gas: bigint;
  amount: Coin[];
}

/** Who signs, and where they are in the chain's books. */
export interface Signer {
  provider: Provider;
  key: Key;
  chainId: string;
  number: bigint;
  sequence: bigint;
}

const auth = (signer: Signer, fee: Fee, mode: bigint): Uint8Array =>
  authInfo({ pubKey: bytesOf(signer.key.pubKey), mode, sequence: signer.sequence, gas: fee.gas, fee: fee.amount });

/** A Ledger shows amino JSON only; some wallets have no other way either. */
export const isDirect = (provider: Provider, key: Key): boolean =>
  provider.signDirect !== undefined && !key.isNanoLedger && !key.isKeystone;

/** For simulating: everything but a real signature. */
export function unsigned(signer: Signer, messages: readonly Message[]): Uint8Array {
  const mode = isDirect(signer.provider, signer.key) ? DIRECT : AMINO_JSON;
  return txRaw(txBody(messages, ""), auth(signer, { gas: 0n, amount: [] }, mode), new Uint8Array(64));
}

// Some wallets learn only from the device that it can't sign direct.
const saysAmino = (error: unknown): boolean => /ledger|keystone|sign mode|sign ?direct|not supported|unsupported/i.test(String(error));

/** A transaction that the wallet signed, ready to broadcast. */
export async function sign(signer: Signer, messages: readonly Message[], fee: Fee): Promise<Uint8Array> {
  if (!isDirect(signer.provider, signer.key)) return await signAmino(signer, messages, fee);
  try {
    return await signDirect(signer, messages, fee);
  } catch (error) {
    if (!signer.provider.signAmino || isRejection(error) || !saysAmino(error)) throw error;
    return await signAmino(signer, messages, fee);
  }
}

// The fee is simulated here and shown in the review: a wallet's own guess would be another one.
const OPTIONS = { preferNoSetFee: true, preferNoSetMemo: true };

async function signDirect(signer: Signer, messages: readonly Message[], fee: Fee): Promise<Uint8Array> {
  const doc = {
    bodyBytes: txBody(messages, ""),
    authInfoBytes: auth(signer, fee, DIRECT),
    chainId: signer.chainId,
    accountNumber: signer.number,
  };
  const { provider, chainId, key } = signer;
  // `isDirect` asked for it.
  const done = await provider.signDirect!(chainId, key.bech32Address, doc, OPTIONS);
  return txRaw(bytesOf(done.signed.bodyBytes), bytesOf(done.signed.authInfoBytes), fromBase64(done.signature.signature));
}

async function signAmino(signer: Signer, messages: readonly Message[], fee: Fee): Promise<Uint8Array> {
  const { provider, chainId, key } = signer;
  if (!provider.signAmino) throw new Error("the wallet can neither sign direct nor amino");
  const doc: AminoDoc = {
    chain_id: chainId,
    account_number: String(signer.number),
    sequence: String(signer.sequence),
    fee: { amount: fee.amount, gas: String(fee.gas) },
    msgs: messages.map((message) => message.amino),
    memo: "",
  };
  const done = await provider.signAmino(chainId, key.bech32Address, doc, OPTIONS);
  // What was signed is what counts: a wallet may have changed fee and memo.
  const { fee: agreed, memo } = done.signed;
  const info = auth(signer, { gas: BigInt(agreed.gas), amount: [...agreed.amount] }, AMINO_JSON);
  return txRaw(txBody(messages, memo), info, fromBase64(done.signature.signature));
}
