// A contract that institutions signed, of which a percentage goes to somebody: as it is typed. Pure.
import type { Document } from "../types.js";
import * as check from "./check.js";
import * as limits from "./limits.js";

type Entries = Record<string, string>;
type Errors = Record<string, string>;

export const percent = (bps: number): string => `${bps / 100} %`;

/** "2.5" in hundredths of a percent, or what is wrong with it. */
function typedPercent(typed: string): number | string {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  const bps = found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
  return bps >= 1 && bps <= limits.MAX_DOCUMENT_BPS ? bps : `From 0.01 to ${percent(limits.MAX_DOCUMENT_BPS)}.`;
}

/** What is typed of it, the recipient unchecked; null where nothing is. `part`: what the names of its inputs begin with. */
export function typedDocument(entries: Entries, part: string, errors: Errors): Document | null {
  const typed = (name: string): string => (entries[`${part}_${name}`] ?? "").trim();
  const [uri, sha256, share, recipient] = [typed("uri"), typed("sha256"), typed("percent"), typed("recipient")];
  if (!uri && !sha256 && !recipient && !share) return null;
  const wrong = check.line(uri, limits.MAX_EVIDENCE_URI);
  if (wrong) errors[`${part}_uri`] = wrong;
  if (!/^[0-9a-f]{64}$/i.test(sha256)) errors[`${part}_sha256`] = "64 hexadecimal digits, as sha256sum shows them.";
  const bps = typedPercent(share);
  if (typeof bps === "string") errors[`${part}_percent`] = bps;
  return { uri, sha256: sha256.toLowerCase(), bps: typeof bps === "string" ? 0 : bps, recipient };
}
