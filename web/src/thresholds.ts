// Personal thresholds: which are on the grid, and what one means among the others.
import type { Action, Bucket } from "./types.js";

/** The largest personal threshold that the contract takes. */
export const MOST_OTHERS = 990_000;

/** The nearest numbers on the grid around `n`: one if it is on it. */
export function nearest(n: number): number[] {
  if (n >= MOST_OTHERS) return [MOST_OTHERS];
  if (n < 100) return [n];
  // Two significant digits.
  const step = 10 ** (Math.floor(Math.log10(n)) - 1);
  const below = n - (n % step);
  return below === n ? [n] : [below, below + step];
}

export const onGrid = (n: number): boolean => Number.isSafeInteger(n) && n >= 0 && nearest(n)[0] === n;

/** The largest number on the grid that asks for no more than the goal itself. */
export const atGoal = (goal: number): number => nearest(Math.max(goal - 1, 0))[0] as number;

/** How many of the others are in once the set has `size` people. */
const within = (curve: readonly Bucket[], size: number): number =>
  curve.reduce((sum, bucket) => (bucket.threshold <= size ? sum + bucket.pledges : sum), 0);

/** What a threshold means as of now. */
export interface Meaning {
  /** The least size of the set, this person included, at which they act. */
  size: number;
  /** How many of the others would be in at that size. */
  others: number;
  /** How many more people who need nobody beyond the goal would bring this person in; 0: in at once. */
  more: number;
}

/** `curve` without the person's own pledge. */
export function meaning(goal: number, curve: readonly Bucket[], needsOthers: number): Meaning {
  const size = Math.max(needsOthers + 1, goal);
  // A larger set than one's own threshold may need fewer new people, where many wait just above it.
  const sizes = [size, ...curve.map((bucket) => bucket.threshold).filter((t) => t > size)];
  const more = Math.min(...sizes.map((k) => k - within(curve, k) - 1));
  return { size, others: within(curve, size), more: Math.max(more, 0) };
}

/** An action's curve without one pledge that stands in it. */
export function withoutOwn(action: Action, needsOthers: number | null): Bucket[] {
  if (needsOthers === null) return action.curve;
  const own = Math.max(needsOthers + 1, action.goal);
  return action.curve.map((b) => (b.threshold === own ? { ...b, pledges: b.pledges - 1 } : b));
}
