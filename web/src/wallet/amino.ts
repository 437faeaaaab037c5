// Amino JSON as wallets sign it: fields sorted, and three characters escaped.

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);

/** The text whose SHA-256 is signed. */
export const aminoText = (doc: unknown): string => escaped(JSON.stringify(sorted(doc)));
