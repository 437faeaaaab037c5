// What is wrong with one entry, in a sentence; null where nothing is. The rules are the contract's
// (contracts/causes/src/validate.rs and execute/create_cause/check.rs).
import { address } from "../bech32.js";
import { duration, number } from "../words.js";
import * as limits from "./limits.js";

type Wrong = string | null;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

// Control characters but for line breaks and tabs.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** A text of several lines. */
export function text(value: string, most: number, least = 1): Wrong {
  const has = bytes(value);
  if (has === 0 && least > 0) return "Write something here.";
  if (has > most) return `At most ${number(most)} bytes; it has ${number(has)}. Letters beyond a to z take two or more.`;
  if (CONTROL.test(value)) return "It has characters that can't be shown. Type it anew instead of pasting it.";
  return null;
}

/** A text of one line. */
export const line = (value: string, most: number, least = 1): Wrong =>
  text(value, most, least) ?? (/[\n\t]/.test(value) ? "One line only, without tabs." : null);

export function language(tag: string): Wrong {
  const good = /^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && tag.length >= 2 && tag.length <= limits.MAX_LANGUAGE;
  return good ? null : "A language tag such as en, nl or pt-BR.";
}

export const country = (code: string): Wrong =>
  /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code) ? null : "An ISO code such as NL or NL-NH, in capitals.";

export function tags(list: readonly string[]): Wrong {
  if (list.length > limits.MAX_TAGS) return `At most ${limits.MAX_TAGS}; there are ${list.length}.`;
  const odd = list.find((tag) => !/^[a-z0-9-]+$/.test(tag) || tag.length > limits.MAX_TAG);
  if (odd !== undefined) return `“${odd}” has other characters than a-z, 0-9 and -, or more than ${limits.MAX_TAG} of them.`;
  const twice = list.find((tag, i) => list.indexOf(tag) !== i);
  return twice === undefined ? null : `“${twice}” is there twice.`;
}

/** A whole number as typed. */
export const whole = (typed: string): number | null => (/^\d{1,15}$/.test(typed.trim()) ? Number(typed) : null);

export function range(found: number | null, least: number, most: number): Wrong {
  if (found === null) return "Write a whole number.";
  return found < least || found > most ? `From ${number(least)} to ${number(most)}.` : null;
}

/** A span of time in seconds. */
export function span(seconds: number | null, least: number, most: number = limits.MAX_WINDOW): Wrong {
  if (seconds === null) return "Write a whole number.";
  if (seconds < least) return least === 1 ? "More than no time." : `At least ${duration(least)}.`;
  return seconds > most ? `At most ${duration(most)}.` : null;
}

/** The moment of a close. `now`: Unix seconds. */
export function close(at: number | null, now: number): Wrong {
  if (at === null) return "Choose a day and a time.";
  if (at <= now) return "That is over already.";
  return at > now + limits.MAX_HORIZON ? "More than a hundred years from now." : null;
}

/** What addresses mustn't be: they have another part already. */
export interface Taken {
  creator: string | null;
  contract: string;
}

function part(found: string, taken: Taken): Wrong {
  if (found === taken.creator) return `You can't be that yourself: ${found}.`;
  return found === taken.contract ? "The contract itself can't be that." : null;
}

export function attestors(typed: readonly string[], prefix: string, taken: Taken): Wrong {
  if (typed.length === 0) return "Name at least one.";
  if (typed.length > limits.MAX_ATTESTORS) return `At most ${limits.MAX_ATTESTORS}; there are ${typed.length}.`;
  const seen = new Set<string>();
  for (const one of typed) {
    const found = address(one, prefix);
    if (found === null) return `“${one}” isn't an address of this chain.`;
    const wrong = part(found, taken);
    if (wrong) return wrong;
    if (seen.has(found)) return `${found} is there twice.`;
    seen.add(found);
  }
  return null;
}

/** More than half of them, so that two halves can't each reach it. */
export function quorum(found: number | null, of: number): Wrong {
  const least = Math.floor(of / 2) + 1;
  if (found !== null && found >= least && found <= of) return null;
  return of === 1 ? "With one attestor it is 1." : `More than half: from ${least} to ${of}.`;
}

/** Who gets what is left of a campaign fund: anybody but the contract itself. */
export function heir(typed: string, prefix: string, contract: string): Wrong {
  const found = address(typed, prefix);
  if (found === null) return "This isn't an address of this chain.";
  return found === contract ? "The contract itself can't be that." : null;
}

export function forfeitsAddress(typed: string, attesting: readonly string[], prefix: string, taken: Taken): Wrong {
  const found = address(typed, prefix);
  if (found === null) return "This isn't an address of this chain.";
  if (attesting.some((one) => address(one, prefix) === found)) return "An attestor can't gain from what they decide.";
  return part(found, taken);
}
