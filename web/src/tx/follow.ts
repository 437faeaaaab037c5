// A signed transaction's way into a block.
import * as api from "../api.js";
import { Sentence } from "../errors.js";
import { toBase64 } from "./bytes.js";

const POLL_MS = 400;
/** Long enough for the slowest public chain to make some blocks. */
const PATIENCE_MS = 60_000;

export interface Done {
  hash: string;
  height: number;
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Hands a signed transaction over and waits for its block. */
export async function deliver(bytes: Uint8Array): Promise<Done> {
  const hash = await api.broadcast(toBase64(bytes));
  return await follow(hash);
}

/** Looks for a transaction until it is in a block, for a minute at most. */
export async function follow(hash: string): Promise<Done> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    // Whether a node answers this once says nothing about the transaction.
    const found = await api.transaction(hash).catch(() => null);
    if (found && found.code !== 0) throw new api.Refusal(400, "the chain refused the transaction", found.raw_log);
    if (found) return { hash, height: found.height };
    if (Date.now() > end) throw new Late(hash);
    await wait(POLL_MS);
  }
}

/** It was handed over and isn't in a block: it may still come. */
export class Late extends Sentence {
  constructor(readonly hash: string) {
    super(
      `It was handed to the chain but isn't in a block after a minute. It may still arrive, so look again before you send it once more. Its number is ${hash}.`,
    );
  }
}
