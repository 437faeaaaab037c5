// Coins as people read and type them. All arithmetic on amounts is exact.
import type { Action, Coin, Denom } from "./types.js";

// Like the server's: no real denom has more decimal places.
const MOST_PLACES = 30;

let known = new Map<string, Denom>();

/** Takes over how the chain's bank calls its coins. */
export function setDenoms(denoms: readonly Denom[]): void {
  const usable = denoms.filter((d) => Number.isInteger(d.exponent) && d.exponent >= 0 && d.exponent <= MOST_PLACES);
  known = new Map(usable.map((d) => [d.denom, d]));
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** `1,234.5 MUST`; a denom that the chain's bank doesn't name is shown raw, and marked. */
export function showCoin(coin: Coin): string {
  const denom = known.get(coin.denom);
  if (!denom) return `${grouped(coin.amount)} ${coin.denom} (unverified denom)`;
  const digits = coin.amount.padStart(denom.exponent + 1, "0");
  const cut = digits.length - denom.exponent;
  const places = digits.slice(cut).replace(/0+$/, "");
  return `${grouped(digits.slice(0, cut))}${places && `.${places}`} ${denom.symbol}`;
}

/** In a sentence; `nothing` where none of them is worth anything. */
export function showCoins(coins: readonly Coin[]): string {
  const worth = coins.filter((coin) => BigInt(coin.amount) > 0n);
  return worth.length === 0 ? "nothing" : worth.map(showCoin).join(" and ");
}

export const coin = (denom: string, amount: bigint): Coin => ({ denom, amount: String(amount) });

/** In which coin an action's refund bonus is: that of the stakes, or of what is pledged. */
export const bonusDenom = ({ stake, coins }: Action): string => stake?.denom ?? coins?.min.denom ?? "";

/** What people call a denom, for labels. */
export const symbol = (denom: string): string => known.get(denom)?.symbol ?? denom;

/** A typed amount of a denom's display unit in its smallest unit, or a sentence that says what is wrong. */
export function parseAmount(typed: string, denom: string): bigint | string {
  const exponent = known.get(denom)?.exponent ?? 0;
  const found = /^(\d{1,40})(?:\.(\d{1,40}))?$/.exec(typed.trim());
  if (!found) return "Write a number such as 10 or 2.5, with a point and without spaces.";
  const places = (found[2] ?? "").replace(/0+$/, "");
  if (places.length > exponent) {
    return exponent === 0
      ? `${symbol(denom)} has no decimal places.`
      : `${symbol(denom)} has at most ${exponent} decimal places.`;
  }
  return BigInt((found[1] as string) + places.padEnd(exponent, "0"));
}

/** ⌈gas × price⌉ for a decimal price. */
export function feeFor(gas: number, price: string): bigint {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(price);
  if (!found) throw new Error(`gas price ${price} isn't a decimal number`);
  const places = found[2] ?? "";
  const scale = 10n ** BigInt(places.length);
  const product = BigInt(gas) * BigInt((found[1] as string) + places);
  return (product + scale - 1n) / scale;
}
