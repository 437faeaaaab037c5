// Numbers and spans of time in words.

/** With commas at the thousands. */
export const number = (n: number): string => n.toLocaleString("en");

/** `1 person`, `3 people`. */
export const people = (n: number): string => (n === 1 ? "1 person" : `${number(n)} people`);

/** `1 other person`, `3 others`. */
export const others = (n: number): string => (n === 1 ? "1 other" : `${number(n)} others`);

const UNITS: [number, string][] = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** The two largest units: `2 days 4 hours`. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, name] of UNITS) {
    const n = Math.floor(rest / size);
    rest %= size;
    if (n > 0 && parts.length < 2) parts.push(`${number(n)} ${name}${n === 1 ? "" : "s"}`);
  }
  return parts.join(" ") || "0 seconds";
}

/** Words of somebody else within a sentence: marks that turn the direction of writing end with them. */
export const quoted = (text: string): string => `“\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd")}\u2069”`;

/** `wasm1abcde…wxyz`. */
export const short = (address: string): string =>
  address.length > 16 ? `${address.slice(0, 10)}…${address.slice(-4)}` : address;
