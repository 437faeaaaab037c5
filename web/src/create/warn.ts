// Where a choice invites abuse: said before signing, forbidden by nobody.
import type { NewAction } from "./read.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const SMALL_GOAL = 5;

const isLast = (n: number): boolean => n === 1;

function scheduleWarnings(action: NewAction, local: boolean): string[] {
  if (!("at_trigger" in action.schedule)) return [];
  const { hold, pledge_until } = action.schedule.at_trigger;
  const list: string[] = [];
  if (!action.unit && action.goal < SMALL_GOAL && hold < HOUR) {
    list.push("A few people, or one with a few wallets, can tip it in a moment and shut out everybody who would have come. Raise the goal, or the time that enough must be in.");
  }
  if (pledge_until === null && !local) list.push("Without a close it may wait for ever, and coins with it, unless people withdraw.");
  return list;
}

function stakeWarnings(action: NewAction, local: boolean): string[] {
  if (!action.stake) return [];
  const list: string[] = [];
  if ("attested" in action.fulfilment && isLast(action.fulfilment.attested.attestors.length)) {
    list.push("One attestor alone decides about everybody's stake. Name several, so that nobody can be bribed or pressed alone.");
  }
  if ("honor" in action.fulfilment) list.push("Whoever says “I did it” gets the stake back, done or not: coins don't make an unchecked word truer.");
  if ("challengeable" in action.fulfilment && action.fulfilment.challengeable.window < 3 * DAY && !local) {
    list.push("Less than three days to challenge: who could find out in that time whether somebody did it?");
  }
  if (action.report_window < DAY && !local) list.push("Less than a day to report: whoever is ill or offline loses the stake.");
  return list;
}

function outcomeWarnings(action: NewAction): string[] {
  const by = action.outcome?.by;
  if (!by || !("attested" in by) || !action.stake || !("collective" in action.fulfilment)) return [];
  return by.attested.quorum < 3 ? [`${by.attested.quorum === 1 ? "One attestor" : `${by.attested.quorum} attestors who agree`} can forfeit everybody's stakes at once. Name more, or ask a jury.`] : [];
}

function quorumWarnings(action: NewAction): string[] {
  if (!("attested" in action.fulfilment)) return [];
  const { attestors, quorum } = action.fulfilment.attested;
  return attestors.length > 1 && quorum < 3 ? [`${quorum} attestors who agree are enough: ask yourself who could win two people over.`] : [];
}

/** What to say about one action. */
export const warnings = (action: NewAction, local: boolean): string[] => [
  ...scheduleWarnings(action, local),
  ...stakeWarnings(action, local),
  ...quorumWarnings(action),
  ...outcomeWarnings(action),
];

/** Asks for where to go, where people are asked to leave something. */
export function leaveWarning(title: string, summary: string, text: string): string | null {
  const leaves = /\b(leave|quit|boycott|abandon|delete)\b/i.test(title);
  const offers = /\b(for|instead|join|switch|move to|elsewhere|alternative)\b/i.test(`${title} ${summary} ${text}`);
  return leaves && !offers ? "It asks people to leave something. Say what they go to instead: people leave together only towards something." : null;
}
