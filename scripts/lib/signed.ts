// What people without coins sign, by the page's own code, with keys made of names.
import { createHash } from "node:crypto";

import { type Does, type Signed, document } from "../../web/src/relay/doc.js";
import { keyWallet } from "../../web/src/wallet/key.js";

/** Somebody who has no account on the chain. */
export class Signer {
  private constructor(
    private readonly wallet: ReturnType<typeof keyWallet>,
    readonly address: string,
    private readonly key: string,
  ) {}

  static async named(name: string, prefix = "wasm"): Promise<Signer> {
    const wallet = keyWallet(new Uint8Array(createHash("sha256").update(name).digest()), prefix);
    const { bech32Address, pubKey } = await wallet.getKey("");
    return new Signer(wallet, bech32Address, Buffer.from(pubKey).toString("base64"));
  }

  /** Good for an hour from `now`, Unix seconds of the chain. */
  async sign(where: { chainId: string; contract: string }, now: number, sequence: number, does: Does): Promise<Signed> {
    const draft = { ...where, sequence, expires: now + 3_600, does };
    const doc = document(this.address, draft);
    const { signature } = await this.wallet.signAmino!(where.chainId, this.address, doc);
    return { key: this.key, signature: signature.signature, sequence, expires: draft.expires, does };
  }
}
