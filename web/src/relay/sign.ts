// Has the wallet sign what somebody else will send.
import * as api from "../api.js";
import { Sentence } from "../errors.js";
import type { Session } from "../session.js";
import { now } from "../time.js";
import { bytesOf, toBase64 } from "../tx/bytes.js";
import { type Does, type Draft, MOST_SEQUENCE, type Signed, document } from "./doc.js";

/** Half of what the contract allows: a sponsor has a day, and clocks may differ. */
const VALID_SECONDS = 24 * 3600;

/** Above everything that counted, above `over`, and rising with time. */
async function sequence(address: string, over: number): Promise<number> {
  const next = await api.nextSequence(address);
  return Math.min(MOST_SEQUENCE, Math.max(next, Date.now(), over + 1));
}

/** Asks the wallet. */
export async function sign(session: Session, does: Does, over = -1): Promise<Signed> {
  const { provider, key, address } = session.require();
  if (!provider.signAmino) throw new Sentence("This wallet can't sign something for others to send.");
  const draft: Draft = {
    chainId: session.info.chain_id,
    contract: session.info.contracts.causes.address,
    sequence: await sequence(address, over),
    expires: now() + VALID_SECONDS,
    does,
  };
  const done = await provider.signAmino(draft.chainId, address, document(address, draft));
  return {
    key: toBase64(bytesOf(key.pubKey)),
    signature: done.signature.signature,
    sequence: draft.sequence,
    expires: draft.expires,
    does,
  };
}
