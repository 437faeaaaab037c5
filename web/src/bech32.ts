// Bech32 addresses (BIP-173): told apart from typing errors before anything is signed.
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((g, i) => {
      if ((top >>> i) & 1) sum ^= g;
    });
  }
  return sum >>> 0;
}

const expanded = (prefix: string): number[] => {
  const codes = [...prefix].map((c) => c.charCodeAt(0));
  return [...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31)];
};

/** Groups of `from` bits as groups of `to` bits; null where bits are left that aren't padding. */
function regroup(values: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  const out: number[] = [];
  let bits = 0;
  let rest = 0;
  for (const value of values) {
    rest = ((rest << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((rest >> bits) & ((1 << to) - 1));
    }
  }
  const left = (rest << (to - bits)) & ((1 << to) - 1);
  if (pad) return bits > 0 ? [...out, left] : out;
  return bits >= from || left !== 0 ? null : out;
}

export function encode(prefix: string, bytes: Uint8Array): string {
  const data = regroup(bytes, 8, 5, true) as number[];
  const check = polymod([...expanded(prefix), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const sum = Array.from({ length: 6 }, (_, i) => (check >>> (5 * (5 - i))) & 31);
  return `${prefix}1${[...data, ...sum].map((v) => LETTERS[v]).join("")}`;
}

/** The address in its one spelling, or null if it isn't one of this chain. */
export function address(typed: string, prefix: string): string | null {
  const text = typed.trim();
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  if (!lower.startsWith(`${prefix}1`)) return null;
  const values = [...lower.slice(prefix.length + 1)].map((c) => LETTERS.indexOf(c));
  if (values.length < 7 || values.includes(-1) || polymod([...expanded(prefix), ...values]) !== 1) return null;
  const bytes = regroup(values.slice(0, -6), 5, 8, false);
  // A person's or a contract's.
  return bytes && (bytes.length === 20 || bytes.length === 32) ? lower : null;
}
