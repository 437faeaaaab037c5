// Protobuf, as far as a signed transaction needs it: a dozen messages of which only the writing side
// is used. The generated types would be 15 KB gzip of a page's scripts; this is less than one.
// tests/web/wire.test.ts holds it against them byte by byte.
import type { Coin } from "../types.js";
import { utf8 } from "./bytes.js";

function varint(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return out;
}

/** A field's number with its kind: 0 a number, 2 bytes of a stated length. */
const tag = (field: number, kind: 0 | 2): number => (field << 3) | kind;

type Part = Uint8Array | readonly number[];

function concat(parts: readonly Part[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const message = (...fields: Part[][]): Uint8Array => concat(fields.flat());

/** A nested message or an item of a list: written even where it is empty. */
const nested = (field: number, value: Uint8Array): Part[] => [[tag(field, 2), ...varint(BigInt(value.length))], value];

// What is empty or zero isn't written at all.
const bytes = (field: number, value: Uint8Array): Part[] => (value.length ? nested(field, value) : []);
const string = (field: number, value: string): Part[] => bytes(field, utf8(value));
const uint = (field: number, value: bigint): Part[] => (value ? [[tag(field, 0), ...varint(value)]] : []);
const list = (field: number, values: readonly Uint8Array[]): Part[] => values.flatMap((value) => nested(field, value));

/** How a signature was made. */
export const DIRECT = 1n;
export const AMINO_JSON = 127n;

export interface Any {
  typeUrl: string;
  value: Uint8Array;
}

const any = ({ typeUrl, value }: Any): Uint8Array => message(string(1, typeUrl), bytes(2, value));
const coin = ({ denom, amount }: Coin): Uint8Array => message(string(1, denom), string(2, amount));

export const txBody = (messages: readonly Any[], memo: string): Uint8Array =>
  message(list(1, messages.map(any)), string(2, memo));

export interface AuthInfo {
  /** A compressed secp256k1 key. */
  pubKey: Uint8Array;
  mode: bigint;
  sequence: bigint;
  gas: bigint;
  fee: readonly Coin[];
}

export function authInfo({ pubKey, mode, sequence, gas, fee }: AuthInfo): Uint8Array {
  const key = any({ typeUrl: "/cosmos.crypto.secp256k1.PubKey", value: message(bytes(1, pubKey)) });
  const single = message(nested(1, message(uint(1, mode))));
  const signer = message(nested(1, key), nested(2, single), uint(3, sequence));
  return message(nested(1, signer), nested(2, message(list(1, fee.map(coin)), uint(2, gas))));
}

/** What a direct signature is over. */
export const signDoc = (body: Uint8Array, auth: Uint8Array, chainId: string, account: bigint): Uint8Array =>
  message(bytes(1, body), bytes(2, auth), string(3, chainId), uint(4, account));

export const txRaw = (body: Uint8Array, auth: Uint8Array, signature: Uint8Array): Uint8Array =>
  message(bytes(1, body), bytes(2, auth), nested(3, signature));

/** `cosmwasm.wasm.v1.MsgExecuteContract`. */
export const executeContract = (sender: string, contract: string, msg: Uint8Array, funds: readonly Coin[]): Uint8Array =>
  message(string(1, sender), string(2, contract), bytes(3, msg), list(5, funds.map(coin)));

/** `cosmos.bank.v1beta1.MsgSend`. */
export const bankSend = (from: string, to: string, amount: readonly Coin[]): Uint8Array =>
  message(string(1, from), string(2, to), list(3, amount.map(coin)));
