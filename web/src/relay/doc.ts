// What a wallet signs so that somebody else may send it: the bytes of `schema/src/causes/relay.rs`,
// which tests/web/relay.test.ts holds it to.
import { toBase64, utf8 } from "../tx/bytes.js";
import type { AminoDoc } from "../wallet/provider.js";

/** A SHA-256 in hex beside where the evidence is. */
export interface Evidence {
  uri: string;
  sha256: string;
}

/** What an issuer signed, as a gate asks for it. */
export interface Credential {
  nullifier: string;
  expires: number;
  signature: string;
}

/** What may be signed. The fields stand in the order in which the contract writes them. */
export type Does =
  | { pledge: { action: number; needs_others: number; referrer?: string; credentials?: Credential[] } }
  | { withdraw: { action: number } }
  | { pledge_bundle: { cause: number; needs_others: number[] } }
  | { withdraw_bundle: { cause: number } }
  | { confirm: { action: number } }
  | { check_in: { action: number; evidence?: Evidence } }
  | { already_did: { action: number } }
  | { rate: { cause: number; person: string; vote: "up" | "down" | "none" } }
  | { score: { cause: number; scores: number[] } }
  | { void: Record<string, never> };

/** What a sponsor is handed. */
export interface Signed {
  key: string;
  signature: string;
  sequence: number;
  expires: number;
  does: Does;
}

export interface Draft {
  chainId: string;
  contract: string;
  sequence: number;
  /** Unix seconds. */
  expires: number;
  does: Does;
}

/** At most six bytes of it are kept, and every one of them is exact in a script. */
export const MOST_SEQUENCE = 2 ** 48 - 1;

/** What the wallet shows. */
export const text = ({ chainId, contract, sequence, expires, does }: Draft): string =>
  `Muster: whoever has this signature may send it for me, once.\nchain: ${chainId}\ncontract: ${contract}\nsequence: ${sequence}\nexpires: ${expires}\ndoes: ${JSON.stringify(does)}`;

/** The ADR-36 document over it. */
export const document = (signer: string, draft: Draft): AminoDoc => ({
  account_number: "0",
  chain_id: "",
  fee: { amount: [], gas: "0" },
  memo: "",
  msgs: [{ type: "sign/MsgSignData", value: { data: toBase64(utf8(text(draft))), signer } }],
  sequence: "0",
});
