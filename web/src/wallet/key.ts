// A private key in the shape of a wallet, so that a test wallet goes the way of a real one.
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { hmac } from "@noble/hashes/hmac.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { encode } from "../bech32.js";
import { toBase64, utf8 } from "../tx/bytes.js";
import { signDoc } from "../tx/wire.js";
import { aminoText } from "./amino.js";
import type { AminoDoc, DirectDoc, Key, Provider } from "./provider.js";

/** A new random key. */
export const randomKey = (): Uint8Array => secp256k1.utils.randomPrivateKey();

export const isKey = (bytes: Uint8Array): boolean => secp256k1.utils.isValidPrivateKey(bytes);

/** Signs with a key that it holds, without asking anybody. */
export function keyWallet(secret: Uint8Array, prefix: string): Provider {
  const pubKey = secp256k1.getPublicKey(secret, true);
  const bech32Address = encode(prefix, ripemd160(sha256(pubKey)));
  const key: Key = { name: "Test wallet", algo: "secp256k1", pubKey, bech32Address };
  return {
    enable: () => Promise.resolve(),
    getKey: () => Promise.resolve(key),
    signDirect: (_chainId: string, _signer: string, doc: DirectDoc) => {
      const bytes = signDoc(doc.bodyBytes, doc.authInfoBytes, doc.chainId, doc.accountNumber);
      const signature = secp256k1.sign(sha256(bytes), secret).toCompactRawBytes();
      return Promise.resolve({ signed: doc, signature: { signature: toBase64(signature) } });
    },
    signAmino: (_chainId: string, _signer: string, doc: AminoDoc) => {
      const signature = secp256k1.sign(sha256(utf8(aminoText(doc))), secret).toCompactRawBytes();
      return Promise.resolve({ signed: doc, signature: { signature: toBase64(signature) } });
    },
  };
}

const HARDENED = 0x80000000;
/** m/44'/118'/0'/0/0, as all Cosmos wallets have it. */
const PATH = [44 + HARDENED, 118 + HARDENED, HARDENED, 0, 0];
const ORDER = secp256k1.CURVE.n;

const toInt = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

const fromInt = (n: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * (31 - i))) & 255n));

const index = (n: number): Uint8Array => Uint8Array.of(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);

/** The first key of a mnemonic (BIP-39, BIP-32). Its words aren't checked: it is the faucet's own. */
export async function keyOf(mnemonic: string): Promise<Uint8Array> {
  const words = utf8(mnemonic.trim().normalize("NFKD"));
  const seed = await pbkdf2Async(sha512, words, utf8("mnemonic"), { c: 2048, dkLen: 64 });
  let both = hmac(sha512, utf8("Bitcoin seed"), seed);
  for (const step of PATH) {
    const secret = both.slice(0, 32);
    const head = step >= HARDENED ? Uint8Array.of(0, ...secret) : secp256k1.getPublicKey(secret, true);
    const next = hmac(sha512, both.slice(32), Uint8Array.of(...head, ...index(step)));
    // One in 2^127 steps has no key; a faucet's mnemonic was used before.
    next.set(fromInt((toInt(next.slice(0, 32)) + toInt(secret)) % ORDER));
    both = next;
  }
  return both.slice(0, 32);
}
