// A verdict contract's stand-in on a real chain, and the records that it stores: their layout is in
// schema/src/layout/verdict.rs.
import { createHash } from "node:crypto";
import { fromBech32 } from "@cosmjs/encoding";

import { assemble } from "../../scripts/lib/assemble.js";
import type { Wallet } from "../../scripts/lib/chain.js";

/** The stand-in's code. */
export const STAND_IN = new URL("verdict/stand-in.wat", import.meta.url);

/** Whom the tests' verdicts ask. */
export const JURY = { jury: { size: 12, community: 7 } };

export type Answer = "yes" | "no" | "unresolved";

export interface Question {
  asked_at: number;
  /** Left out while there is no answer. */
  answer?: Answer;
  /** Whether it can be appealed no more. */
  final?: boolean;
  final_at?: number;
  jurors_fee?: bigint;
  denom?: string;
  /** Who asked with a bond. */
  asker: string;
  /** Whom it was put to: {@link JURY} if left out. */
  electorate?: "pledgers";
  /** Kind, heads, gain and loss of each. */
  classes?: [kind: number, count: number, gain: bigint, loss: bigint][];
}

/** Classes of a vote, by their codes. */
export const KIND = { yes: 0, no: 1, denouncer: 6, denounced: 8 } as const;

const number = (value: number | bigint, bytes: number): Buffer => Buffer.from(BigInt(value).toString(16).padStart(bytes * 2, "0"), "hex");
const prefixed = (bytes: Uint8Array): Buffer => Buffer.concat([number(bytes.length, 1), bytes]);
const canonical = (address: string): Uint8Array => fromBech32(address, 90).data;

const ANSWERS: Record<Answer, number> = { yes: 1, no: 2, unresolved: 3 };

/** A well-formed record of a question. */
export function record(question: Question): Buffer {
  const { asked_at, answer, final, final_at, jurors_fee, denom, asker, electorate, classes } = question;
  return Buffer.concat([
    Buffer.from([1, answer ? (final ? 2 : 1) : 0, answer ? ANSWERS[answer] : 0]),
    number(asked_at, 8),
    number(answer ? (final_at ?? asked_at) : 0, 8),
    ...(electorate ? [number(0, 13)] : [number(2, 1), number(JURY.jury.community, 8), number(JURY.jury.size, 4)]),
    number(jurors_fee ?? 0n, 16),
    prefixed(Buffer.from(denom ?? "")),
    prefixed(canonical(asker)),
    number((classes ?? []).length, 1),
    ...(classes ?? []).flatMap(([kind, count, gain, loss]) => [number(kind, 1), number(count, 4), number(gain, 16), number(loss, 16)]),
  ]);
}

/** The stand-in, as those who answer see it. */
export class Verdict {
  private constructor(
    readonly address: string,
    private readonly owner: Wallet,
    /** The contract that it is asked by. */
    private readonly asking: string,
  ) {}

  /** Puts it on the chain. */
  static async deploy(owner: Wallet, asking: string): Promise<Verdict> {
    const wasm = await assemble(STAND_IN);
    const code = await owner.upload(wasm, createHash("sha256").update(wasm).digest("hex"));
    const { address } = await owner.instantiate(code, {}, "verdict stand-in");
    return new Verdict(address, owner, asking);
  }

  /** Whom an action asks. */
  get judge(): object {
    return { verdict: this.address, electorate: JURY };
  }

  /** Stores bytes as the question about an action, about what one person did in it, or about a tranche of its coins. */
  async put(action: number, about: string | { tranche: number } | null, bytes: Uint8Array): Promise<void> {
    await this.store(this.key(action, about), bytes);
  }

  /** Stores beside the question about an action as a whole what somebody voted: a class by its code. */
  async voted(action: number, person: string, kind: number): Promise<void> {
    await this.beside(0x52, action, person, Buffer.from([1, 1, kind]));
  }

  /** Stores that somebody has a part in a vote without a deposit in it: for ballots that they showed. */
  async denounced(action: number, person: string, ballots: number): Promise<void> {
    await this.beside(0x53, action, person, Buffer.concat([Buffer.from([1]), number(ballots, 4), number(0, 4)]));
  }

  private async beside(tag: number, action: number, person: string, bytes: Uint8Array): Promise<void> {
    const question = this.key(action, null).subarray(1);
    await this.store(Buffer.concat([Buffer.from([tag]), number(question.length, 2), question, canonical(person)]), bytes);
  }

  private key(action: number, about: string | { tranche: number } | null): Buffer {
    const part =
      about === null ? Buffer.from([0]) : typeof about === "string" ? Buffer.concat([Buffer.from([1]), canonical(about)]) : Buffer.from([2, about.tranche]);
    return Buffer.concat([Buffer.from([0x51]), prefixed(canonical(this.asking)), number(action, 8), part]);
  }

  private async store(key: Uint8Array, bytes: Uint8Array): Promise<void> {
    // JSON, too: a text.
    const message = `${Buffer.from(key).toString("hex")}:${Buffer.from(bytes).toString("hex")}`;
    await this.owner.execute(this.address, message as unknown as object);
  }
}
