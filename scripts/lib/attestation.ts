// The bytes that an issuer signs about a person, as schema/src/attestation.rs has them.

const TAG = "muster/attestation/1";

export interface Attestation {
  chain_id: string;
  /** The `causes` contract. */
  contract: string;
  /** The pledging address. */
  subject: string;
  claim: string;
  /** What it is made out for: `action:<number>`, or what the gate names. */
  scope: string;
  /** 32 bytes. */
  nullifier: Uint8Array;
  /** Unix seconds. */
  expires: number;
}

/** Each field behind its length in two bytes. An ed25519 key signs these, a secp256k1 key their SHA-256. */
export function attestationBytes(of: Attestation): Uint8Array {
  const expires = new Uint8Array(8);
  new DataView(expires.buffer).setBigUint64(0, BigInt(of.expires));
  const texts = [TAG, of.chain_id, of.contract, of.subject, of.claim, of.scope];
  const fields = [...texts.map((text) => new TextEncoder().encode(text)), of.nullifier, expires];
  const bytes: number[] = [];
  for (const field of fields) bytes.push(field.length >> 8, field.length & 255, ...field);
  return Uint8Array.from(bytes);
}
