// Alternatives: which actions they are, when one is chosen, and places for proposals. Pure.
import { moment } from "../time.js";
import { number } from "../words.js";
import { close, range, whole } from "./check.js";
import { MAX_ACTIONS } from "./limits.js";

/** As `create_cause` takes it. Times are Unix seconds. */
export interface NewDeliberation {
  alternatives: number;
  proposals?: { places: number; until: number };
  score_until: number;
}

export interface Choosing {
  deliberation?: NewDeliberation;
}

const unix = (typed: string): number | null => {
  const at = typed ? Math.floor(new Date(typed).getTime() / 1000) : Number.NaN;
  return Number.isSafeInteger(at) ? at : null;
};

/** `count`: how many actions the form has; `now`: Unix seconds. */
export function readChoice(entries: Record<string, string>, count: number, now: number): { choosing: Choosing; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  if (entries.choose !== "star") return { choosing: {}, errors };
  const note = (name: string, wrong: string | null): void => {
    if (wrong !== null) errors[name] ??= wrong;
  };
  const typed = (entries.alternatives ?? "").trim();
  const alternatives = typed ? whole(typed) : count;
  const places = whole((entries.places ?? "").trim() || "0");
  const least = places ? 1 : 2;
  const few = count < least ? "There must be two actions to choose from, or one and a place for proposals." : null;
  note("alternatives", few ?? range(alternatives, least, count));
  note("places", range(places, 0, Math.min(alternatives ?? 0, MAX_ACTIONS - count)));
  const until = unix(entries.score_until ?? "");
  note("score_until", close(until, now));
  const propose = unix(entries.propose_until ?? "");
  if (places) {
    note("propose_until", close(propose, now));
    if (propose !== null && until !== null && propose >= until) note("propose_until", "Before the choice: members score in between.");
  }
  const deliberation: NewDeliberation = {
    alternatives: alternatives ?? 0,
    ...(places && { proposals: { places, until: propose ?? 0 } }),
    score_until: until ?? 0,
  };
  return { choosing: { deliberation }, errors };
}

/** For the review; empty where nothing is chosen. */
export function choiceFacts({ deliberation }: Choosing): [string, string][] {
  if (!deliberation) return [];
  const { alternatives, proposals, score_until } = deliberation;
  const which = alternatives === 1 ? "Action 1" : `Actions 1 to ${number(alternatives)}`;
  const facts: [string, string][] = [
    ["Alternatives", `${which}: one of them is chosen by scores at ${moment(score_until)}, the others are dropped and their pledgers have everything back`],
  ];
  if (proposals) facts.push(["Proposals", `until ${moment(proposals.until)}, for ${number(proposals.places)} more places; five members must second one`]);
  return facts;
}
