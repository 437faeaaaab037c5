// The three examples: one that succeeds and has a price for a broken promise, one that fails and
// gives everything back, and one that waits for you.
import type { Action, Cause } from "./api.js";
import type { Cast } from "./play.js";
import { BIKE_SHED, JOURNAL, OPEN } from "./texts.js";
import type { Words } from "./texts.js";

/** A kind of cause that the demo keeps up. */
export interface Story {
  cast: Cast;
  /** Whether this cause is such that no other one is needed. */
  suffices(cause: Cause, now: number): boolean;
  /** Whether to go on for ever, or only until one suffices and is over. */
  endless: boolean;
  /** The `create_cause` of the next one. `earlier`: how many there were. */
  next(now: number, attestor: string, denom: string, earlier: number): object;
}

const STAKE = "10000000";

/** Seconds. A block takes about one, and five people pledge one after the other. */
const CLOSE = 25;
const SHORT = 10;

const player = (account: number, name: string, needsOthers: number, keeps = true) => ({
  account,
  name,
  needsOthers,
  keeps,
});

const only = (cause: Cause): Action => cause.actions[0] as Action;

/** Whether everybody can still pledge before the close. */
const inTime = (action: Action, now: number): boolean =>
  action.phase === "pledging" && (action.schedule.pledge_until ?? 0) - now > 12;

function definition(words: Words, action: object): object {
  const { label, description, ...rest } = words;
  return { create_cause: { ...rest, language: "en", cancel: "until_first_pledge", actions: [{ label, description, ...action }] } };
}

const journal: Story = {
  cast: {
    players: [
      player(0, "Ana", 1),
      player(1, "Bram", 1),
      player(2, "Chiara", 3),
      player(3, "Dilek", 3),
      player(4, "Emil", 3, false),
    ],
    attestor: { account: 5, name: "the library association" },
  },
  suffices: (cause, now) => {
    const action = only(cause);
    return (action.active && action.committed === 5) || inTime(action, now) || (action.phase === "pledging" && action.pledged === 5);
  },
  endless: false,
  next: (now, attestor, denom) =>
    definition(JOURNAL, {
      goal: 1,
      schedule: { at_close: { pledge_until: now + CLOSE } },
      act_window: SHORT,
      report_window: SHORT,
      stake: { rule: "required", coin: { denom, amount: STAKE } },
      fulfilment: { attested: { attestors: [attestor], quorum: 1 } },
      forfeits_to: { cooperators: {} },
    }),
};

const bikeShed: Story = {
  cast: {
    players: [player(6, "Franka", 0), player(7, "Goran", 0), player(8, "Hedi", 6)],
    attestor: { account: 9, name: "the house's caretaker" },
  },
  suffices: (cause, now) => {
    const action = only(cause);
    return (action.phase === "failed" && action.pledged === 3) || inTime(action, now) || (action.phase === "pledging" && action.pledged === 3);
  },
  endless: false,
  next: (now, attestor, denom) =>
    definition(BIKE_SHED, {
      goal: 6,
      schedule: { at_close: { pledge_until: now + CLOSE } },
      act_window: SHORT,
      report_window: SHORT,
      stake: { rule: "required", coin: { denom, amount: STAKE } },
      fulfilment: { attested: { attestors: [attestor], quorum: 1 } },
      forfeits_to: { everybody: {} },
    }),
};

const open: Story = {
  cast: {
    players: [player(10, "Ines", 0), player(11, "Jakub", 0), player(12, "Kirsten", 0, false)],
    attestor: { account: 13, name: "who saw it" },
  },
  suffices: (cause) => only(cause).phase === "pledging",
  endless: true,
  next: (_now, attestor, denom, earlier) =>
    definition(OPEN[earlier % OPEN.length] as Words, {
      // One more than the demo's people, and no close: it waits for somebody.
      goal: 4,
      schedule: { at_trigger: { hold: 5 } },
      act_window: 60,
      report_window: 45,
      stake: { rule: "required", coin: { denom, amount: STAKE } },
      fulfilment: { attested: { attestors: [attestor], quorum: 1 } },
      forfeits_to: { cooperators: {} },
    }),
};

/** All of them, by the names under which the demo tells of them. */
export const STORIES = { journal, "bicycle shed": bikeShed, "open for you": open } satisfies Record<string, Story>;
