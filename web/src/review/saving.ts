// What an attestor says of a saving, in hundredths of a currency, and its review.
import type { Action, Cause } from "../types.js";
import { quoted } from "../words.js";
import { about } from "./about.js";
import type { Review } from "./dialog.js";

/** The contract's largest amount. */
const MOST = (2n ** 128n - 1n) >> 32n;

/** "120,000.50" in hundredths, or what is wrong with it. */
export function typedMoney(typed: string): bigint | string {
  const found = /^(\d{1,30})(?:\.(\d{1,2}))?$/.exec(typed.trim().replace(/(?<=\d),(?=\d{3}(?:\D|$))/g, ""));
  if (!found) return "A number such as 120000 or 120,000.50.";
  const sum = BigInt(found[1] as string) * 100n + BigInt((found[2] ?? "").padEnd(2, "0"));
  return sum > MOST ? "That is more than the contract can count." : sum;
}

/** "eur" as the contract has it, or null. */
export const typedCurrency = (typed: string): string | null => {
  const name = typed.trim().toUpperCase();
  return /^[A-Z0-9]{1,16}$/.test(name) ? name : null;
};

export function showMoney(hundredths: bigint, currency: string): string {
  const part = hundredths % 100n;
  const whole = (hundredths / 100n).toLocaleString("en");
  return `${whole}${part === 0n ? "" : `.${String(part).padStart(2, "0")}`} ${currency}`;
}

/** What is due of a saving, rounded as the contract rounds it. */
export const dueOf = (saved: bigint, bps: number): bigint => (saved * BigInt(bps)) / 10_000n;

export interface Saved {
  person: string;
  currency: string;
  saved: bigint;
  paid: bigint;
  evidence: { uri: string; sha256: string } | null;
}

export function savingReview(cause: Cause, action: Action, said: Saved): Review {
  const document = action.saving?.document;
  const money = (sum: bigint): string => showMoney(sum, said.currency);
  return {
    title: "State a saving",
    promise: [`As an attestor I say: they saved ${money(said.saved)}, and paid ${money(said.paid)} of what is due of it.`],
    quote: about(cause, action),
    facts: [
      ["Who saved", said.person],
      ["Due of it", `${money(dueOf(said.saved, document?.bps ?? 0))}, to ${quoted(document?.recipient ?? "")}`],
      ...(said.evidence
        ? ([
            ["Evidence", said.evidence.uri],
            ["Its SHA-256", said.evidence.sha256],
          ] as [string, string][])
        : []),
      ["Coins", "none move: it was paid, or wasn't, elsewhere"],
    ],
    leave: "Everybody can read it, for good. You may say otherwise later: your last word about them in this currency counts.",
  };
}
