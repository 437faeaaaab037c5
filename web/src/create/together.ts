// What an action requires: others on this form by their places, existing ones by their numbers, and
// a counterpart that must answer first. Pure.
import { address } from "../bech32.js";
import type { Taken } from "./check.js";
import { MAX_REQUIRES } from "./limits.js";

/** As `create_cause` takes it; `own` counts from 0. */
export type Requirement = { own: number } | { action: number };

export interface Together {
  requires?: Requirement[];
  counterpart?: string;
}

const numbers = (typed: string): number[] | null => {
  const list = typed.split(/[\s,;]+/).filter(Boolean);
  return list.every((one) => /^[1-9]\d{0,14}$/.test(one)) ? list.map(Number) : null;
};

/** `place`: which action of the form this is, from 0; `count`: how many there are. */
export function readTogether(
  entries: Record<string, string>,
  place: number,
  count: number,
  prefix: string,
  taken: Taken,
): { together: Together; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const own = numbers(entries.requires_own ?? "");
  const others = numbers(entries.requires_actions ?? "");
  if (own === null || own.some((n) => n > count)) {
    errors.requires_own = `Numbers of actions on this page, from 1 to ${count}.`;
  } else if (own.includes(place + 1)) errors.requires_own = "Not this action itself.";
  if (others === null) errors.requires_actions = "Numbers of actions, as their pages show them.";
  const requires: Requirement[] = [
    ...(own ?? []).map((n) => ({ own: n - 1 })),
    ...(others ?? []).map((action) => ({ action })),
  ];
  const twice = [own, others].some((list) => list && new Set(list).size < list.length);
  const where = (own ?? []).length > 0 ? "requires_own" : "requires_actions";
  if (twice) errors[where] ??= "Each once.";
  if (requires.length > MAX_REQUIRES) errors[where] ??= `At most ${MAX_REQUIRES} in all; there are ${requires.length}.`;
  const typed = (entries.counterpart ?? "").trim();
  const counterpart = typed ? address(typed, prefix) : null;
  if (typed && counterpart === null) errors.counterpart = `An address that begins with ${prefix}1.`;
  else if (counterpart !== null && counterpart === taken.creator) errors.counterpart = "Somebody else than you.";
  return {
    together: { ...(requires.length && { requires }), ...(counterpart !== null && { counterpart }) },
    errors,
  };
}

/** For the review; empty where it binds alone. */
export function togetherFacts(together: Together): [string, string][] {
  const facts: [string, string][] = [];
  if (together.requires) {
    const names = together.requires.map((r) => ("own" in r ? `action ${r.own + 1} of this cause` : `action number ${r.action}`));
    facts.push(["Only together with", names.join(", ")]);
  }
  if (together.counterpart !== undefined) {
    facts.push(["Waits for", `${together.counterpart}, who must start an action that requires this one`]);
  }
  return facts;
}
