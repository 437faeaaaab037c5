// What a gate asks of the one who looks, as far as this page knows it; and the attestations that go
// along with a pledge. Pure.
import type { Action, Claim } from "../types.js";
import { number } from "../words.js";

/** As the contract takes it. */
export interface Credential {
  nullifier: string;
  expires: number;
  signature: string;
}

/** What somebody at `address` lacks, in sentences; `kept`: their kept pledges, where they are known. */
export function lacks(action: Action, address: string, kept: number | undefined): string[] {
  const list: string[] = [];
  const { gate, max } = action;
  if (gate !== null && gate.list.length > 0 && !gate.list.includes(address)) {
    list.push(gate.list.length === 1 ? "Only one named person may pledge here, and this wallet isn't theirs." : "Only listed people may pledge here, and this wallet isn't on the list.");
  }
  const least = gate?.least_kept ?? 0;
  if (kept !== undefined && kept < least) {
    list.push(`Only those who have kept ${number(least)} pledges may pledge here; this wallet has kept ${number(kept)}.`);
  }
  if (max !== null && action.pledged >= max) list.push("All places are taken. One is free when somebody leaves.");
  return list;
}

/** What only the contract can tell. */
export function asks(action: Action): string | null {
  const { gate } = action;
  if (gate === null) return null;
  const list: string[] = [];
  if (gate.only) list.push(`be registered as ${gate.only === "person" ? "a person" : "an organisation"}`);
  if (gate.communities.length === 1) list.push(`be a member of community ${gate.communities[0]}`);
  if (gate.communities.length > 1) list.push(`be a member of all of the communities ${gate.communities.join(", ")}`);
  return list.length > 0 ? `You must ${list.join(" and ")} in the people contract; otherwise the pledge is refused.` : null;
}

interface Word extends Credential {
  claim: string;
  issuer: string;
  subject?: string;
  scope?: string;
}

const isWord = (one: unknown): one is Word => {
  const word = one as Partial<Word> | null;
  return (
    typeof word === "object" &&
    word !== null &&
    typeof word.claim === "string" &&
    typeof word.issuer === "string" &&
    Number.isSafeInteger(word.expires) &&
    /^[0-9a-f]{64}$/.test(word.nullifier ?? "") &&
    /^[0-9a-f]{128}$/.test(word.signature ?? "")
  );
};

/** The words in a pasted text: JSON objects, one after another or in lists. */
function wordsOf(pasted: string): Word[] | null {
  const joined = `[${pasted.trim().replace(/}\s*{/g, "},{").replace(/]\s*\[/g, "],[")}]`;
  try {
    const all = (JSON.parse(joined) as unknown[]).flat(2);
    return all.every(isWord) ? all : null;
  } catch {
    return null;
  }
}

/** The credentials for the claims of a gate, in its order; or a sentence about what is wrong. */
export function credentials(
  pasted: string,
  asked: { claims: readonly Claim[]; scope: string | null },
  address: string,
  now: number,
): Credential[] | string {
  const given = wordsOf(pasted);
  if (given === null || given.length === 0) return "Paste what the issuers gave you, as it is.";
  const found: Credential[] = [];
  for (const { claim, issuer } of asked.claims) {
    const fitting = given.filter((word) => word.claim === claim && word.issuer === issuer);
    const word = fitting.find((one) => (one.scope ?? asked.scope) === asked.scope && (one.subject ?? address) === address);
    if (!word) {
      const other = fitting[0];
      if (!other) return `There is none that says “${claim}” by the issuer ${issuer.slice(0, 12)}….`;
      const why = (other.subject ?? address) === address ? `is made out for “${other.scope}”` : `speaks of ${other.subject}`;
      return `The one that says “${claim}” ${why}, so it doesn't hold here.`;
    }
    if (word.expires <= now) return `The one that says “${claim}” has expired. Ask its issuer for a new one.`;
    found.push({ nullifier: word.nullifier, expires: word.expires, signature: word.signature });
  }
  return found;
}
