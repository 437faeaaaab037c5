// The review of a new cause: everything that will be frozen.
import { showCoin } from "../coins.js";
import type { Review } from "../review/dialog.js";
import { moment } from "../time.js";
import { duration, number, people, short } from "../words.js";
import { bonusFacts } from "./bonus.js";
import { choiceFacts } from "./choice.js";
import { purposeFacts, unitsOf } from "./coins.js";
import { gateFacts } from "./gate.js";
import { challengeWords, outcomeFacts } from "./judged.js";
import type { NewAction, NewCause } from "./read.js";
import { savingFacts } from "./saving.js";
import { togetherFacts } from "./together.js";

function bound(action: NewAction): string {
  const { schedule, lock } = action;
  const locked = lock > 0 ? `; in the last ${duration(lock)} before, nobody may leave` : "";
  if ("at_close" in schedule) return `at the close, ${moment(schedule.at_close.pledge_until)}${locked}`;
  if ("rolling" in schedule) return `from the moment enough are in, open until ${moment(schedule.rolling.pledge_until)}${locked}`;
  const { hold, pledge_until } = schedule.at_trigger;
  const close = pledge_until === null ? "" : `, or at ${moment(pledge_until)} if enough are in then${locked}`;
  return `once enough have been in for ${duration(hold)} without a break${close}`;
}

function judged(action: NewAction): string {
  if ("honor" in action.fulfilment) return "each person's own check-in counts";
  if ("collective" in action.fulfilment) return "nobody is judged singly: all stand or fall together";
  if ("challengeable" in action.fulfilment) return challengeWords(action.fulfilment);
  const { attestors, quorum } = action.fulfilment.attested;
  return `${number(quorum)} of ${number(attestors.length)} attestors who agree: ${attestors.map(short).join(", ")}`;
}

function staked(action: NewAction): string {
  if (!action.stake || !action.forfeits_to) return "none";
  const { rule, coin } = action.stake;
  const to =
    "address" in action.forfeits_to
      ? `to ${action.forfeits_to.address.address}`
      : "everybody" in action.forfeits_to
        ? "to everybody who was bound"
        : "to those who kept it";
  return `${showCoin(coin)} from ${rule === "required" ? "everybody" : "whoever wants to"}; ${"collective" in action.fulfilment ? "if the answer is no, all of them go" : "what is forfeited goes"} ${to}`;
}

function deed(action: NewAction): [string, string][] {
  return [
    ...(action.confirm_window ? [["Before that", `everybody is asked once more, and has ${duration(action.confirm_window)} to confirm; who stays silent isn't bound`] as [string, string]] : []),
    ["Then", `${duration(action.act_window)} to act, ${duration(action.report_window)} more to report`],
    ["Who says so", judged(action)],
    ...outcomeFacts(action),
    ...savingFacts(action.saving),
    ["Stake", staked(action)],
  ];
}

/** Of coins: who answers whether they are released, if anybody does. */
const answered = (action: NewAction): [string, string][] =>
  action.outcome ? [["Then", `${duration(action.act_window)} to do it, ${duration(action.report_window)} more to see it`], ...outcomeFacts(action)] : [];

function facts(action: NewAction, place: number, of: number): [string, string][] {
  const name = of > 1 ? `Action ${place + 1}` : "Action";
  const terms = action.unit?.coins;
  const counted = terms ? (count: number) => unitsOf(terms, count) : people;
  return [
    [name, `${action.label}: ${action.description}`],
    ["Goal", action.goal === 1 && !terms ? "none: personal conditions alone decide" : counted(action.goal)],
    ...gateFacts(action, counted),
    ["Binds", bound(action)],
    ...(terms ? [...purposeFacts(terms), ...answered(action)] : deed(action)),
    ...bonusFacts(action),
    ...togetherFacts(action),
  ];
}

const CANCEL: Record<string, string> = {
  until_first_pledge: "You may cancel it until somebody pledges.",
  until_lock: "You may cancel it until the first lock or close, unless people are bound by then.",
  never: "Nobody can cancel it, you neither.",
};

const RELATION: Record<string, string> = {
  follows: "it follows",
  fork_of: "it has the same aim, in other terms, as",
  counter_to: "it is against",
};

export function createReview(cause: NewCause, warnings: string[]): Review {
  const more: [string, string][] = [];
  if (cause.place) more.push(["Place", `${cause.place.label} (${cause.place.country})`]);
  for (const [kind, earlier] of Object.entries(cause.relation ?? {})) {
    more.push(["Relation", `${RELATION[kind] ?? kind} cause ${earlier.cause}`]);
  }
  if (cause.bundle) more.push(["Pledged", "only all together; each binds at its own goal"]);
  more.push(...choiceFacts(cause));
  if (cause.fund_to) more.push(["Gifts to its campaign fund", `you spend them; at its end the rest goes to ${cause.fund_to}`]);
  if (cause.tags) more.push(["Tags", cause.tags.join(", ")]);
  if (cause.harm_note) more.push(["Outside the circle", cause.harm_note]);
  return {
    title: "Start this cause",
    promise: ["I start this cause in my name. Nothing of it can change afterwards, and I can't take it back.", "What it asks is lawful where people are asked to do it."],
    quote: { by: "What people will read", lines: [cause.title, cause.summary, cause.text] },
    facts: [...more, ...cause.actions.flatMap((action, i) => facts(action, i, cause.actions.length))],
    leave: CANCEL[cause.cancel] ?? "",
    warnings,
  };
}
