// The review of a pledge: what one promises, what the threshold means, when, and how to leave.
import { showCoin } from "../coins.js";
import { depositOf } from "../deposit.js";
import { meaning } from "../thresholds.js";
import { moment, now } from "../time.js";
import type { Action, Bucket, Cause } from "../types.js";
import { duration, number, others, people, quoted } from "../words.js";
import { bonusOfPledge } from "./bonus.js";
import type { Review } from "./dialog.js";
import { asked, challengedUntil } from "./judged.js";
import { returnsOf } from "./returns.js";

/** "You act when 40 others do; now 26 would; 14 more tip it." `isIn`: of somebody who pledged already. */
export function thresholdWords(action: Action, curve: readonly Bucket[], needsOthers: number, isIn = false): string {
  const { size, others: now, more } = meaning(action.goal, curve, needsOthers);
  const when = size === 1 ? "You act whoever else does" : `You act when ${others(size - 1)} ${size === 2 ? "does" : "do"}`;
  if (more === 0) {
    if (size === 1) return `${when}.`;
    return isIn ? `${when}; as of now enough are in.` : `${when}; now ${number(now)} would, so your pledge tips it.`;
  }
  return `${when}; now ${number(now)} would; ${number(more)} more ${more === 1 ? "tips" : "tip"} it.`;
}

/** How many ask for a crowd of which size, the smallest first. */
function curveWords(action: Action, curve: readonly Bucket[]): string {
  const MOST = 6;
  const asked = [...curve].filter((b) => b.pledges > 0).sort((a, b) => a.threshold - b.threshold);
  if (asked.length === 0) return "nobody has pledged yet";
  const words = asked.slice(0, MOST).map(({ threshold, pledges }) => {
    const crowd = threshold === 1 ? "for nobody else" : `for a crowd of ${number(threshold)}${threshold === action.goal ? ", the goal" : ""}`;
    return `${people(pledges)} ${pledges === 1 ? "asks" : "ask"} ${crowd}`;
  });
  const rest = asked.slice(MOST).reduce((sum, b) => sum + b.pledges, 0);
  return [...words, ...(rest > 0 ? [`${people(rest)} for larger ones`] : [])].join("; ");
}

/** Nobody is bound before they were asked again, where there is a confirm window. */
const askedAgain = ({ confirm_window: window }: Action): string =>
  window ? ` From then on, for ${duration(window)}, everybody who is in is asked once more: only who confirms is bound, if enough do; who stays silent is out, with every coin.` : "";

function whenBound(action: Action): string {
  // By a message that anybody may send, once each schedule allows it.
  if (action.by_message) return "Once enough are in everywhere and each one's own schedule allows it, by a message that anybody may send. If what it requires fails before that, so does this, and everything comes back.";
  const { kind, pledge_until: close, hold } = action.schedule;
  switch (kind) {
    case "at_close":
      return `At the close, ${moment(close ?? 0)}, if enough are in then.`;
    case "at_trigger": {
      const held = `As soon as enough have been in for ${duration(hold ?? 0)} without a break`;
      return close === null ? `${held}. It waits for as long as that takes.` : `${held}, or at ${moment(close)} if enough are in then.`;
    }
    case "rolling":
      return `From the moment enough are in; others join until ${moment(close ?? 0)}.`;
  }
}

/** When to act and report: dates where they are known, spans where they hang on the tipping. */
function windows(action: Action): [string, string][] {
  const { kind, pledge_until: close } = action.schedule;
  const known = close !== null && (kind === "rolling" || (kind === "at_close" && !action.by_message));
  const from = action.act_from ?? (known ? close + (action.confirm_window ?? 0) : null);
  if (from === null) {
    return [
      ["Time to act", `${duration(action.act_window)} from then on`],
      ["Time to report", `${duration(action.report_window)} after that`],
    ];
  }
  const until = from + action.act_window;
  return [
    ["Time to act", `${moment(from)} to ${moment(until)}`],
    ["Time to report", `until ${moment(until + action.report_window)}; one may check in before, too`],
  ];
}

function together(action: Action): [string, string][] {
  const list = action.requires.map((id) => `action ${id}`).join(", ");
  return list ? [["Only together with", list]] : [];
}

function whoDecides(action: Action): string {
  if (action.fulfilment === "honor") return "You yourself: a check-in before the report time ends counts as done.";
  if (action.fulfilment === "collective") return "Nobody is judged singly, and nobody reports: all stand or fall together.";
  if (action.fulfilment === "challengeable") {
    const who = action.judging?.challenges ? asked(action.judging.challenges) : "those who are asked";
    return `You yourself, by a check-in before the report time ends. Anybody may challenge it ${challengedUntil(action)}; it falls only if the final answer of ${who} is no.`;
  }
  const all = action.attestors.length;
  const who = all === 1 ? "The one attestor" : `${number(action.quorum)} of ${number(all)} attestors who agree`;
  return `${who}. Where they say nothing, it isn't held against you.`;
}

/** Who says whether it succeeded as a whole; empty where nobody need. */
function whoJudges(action: Action): [string, string][] {
  const judging = action.judging;
  if (!judging?.outcome_by) return [];
  const within = judging.judge_window ? ` within ${duration(judging.judge_window)} after the reports` : "";
  const who =
    judging.outcome_by === "of"
      ? `the answer about action ${judging.of} counts`
      : judging.outcome_by === "attested"
        ? `${number(judging.quorum)} of ${number(judging.attestors.length)} attestors who agree${within}`
        : `${judging.judge ? asked(judging.judge) : "a vote"}, asked${within}`;
  const stakes = action.fulfilment === "collective" && action.stake ? "a no forfeits all stakes, anything else gives them back" : depositOf(action) ? "what comes back of your deposit depends on your vote" : "no stake depends on it";
  return [["Did it succeed", `${who}; ${stakes}`]];
}

function leave(action: Action): string {
  const { pledge_until: close } = action.schedule;
  const free = "you may withdraw in one message, and whatever you brought comes back with it";
  if (action.phase === "locked") return "You can't any more before the close: it is locked. Whoever isn't bound then gets everything back.";
  const end = close !== null && action.lock > 0 ? `until ${moment(close - action.lock)}, when it locks, and` : "as long as it is open and";
  const silent = action.confirm_window ? " When you are asked once more, silence is enough." : "";
  return `${end.charAt(0).toUpperCase()}${end.slice(1)} while you aren't bound, ${free}.${silent} If it never comes about, everything comes back.`;
}

export function pledgeReview(
  cause: Cause,
  action: Action,
  choice: { needsOthers: number; staked: boolean; referrer?: string | null; curve: readonly Bucket[] },
): Review {
  const stake = choice.staked && action.stake ? action.stake : null;
  const deposit = depositOf(action);
  const size = Math.max(choice.needsOthers + 1, action.goal);
  const condition = size === 1 ? "whoever else does" : `if at least ${people(size)}, me among them, do`;
  const own = meaning(action.goal, choice.curve, choice.needsOthers);
  const warnings: string[] = [];
  if (own.more === 0 && action.schedule.kind === "rolling") warnings.push("Enough are in: you are bound at once and can't withdraw.");
  if (stake && action.fulfilment === "attested" && action.attestors.length === 1) {
    warnings.push("One attestor alone decides about your stake. Do you trust them?");
  }
  const facts: [string, string][] = [
    ["Your condition", thresholdWords(action, choice.curve, choice.needsOthers)],
    ["Others’ conditions", curveWords(action, choice.curve)],
    ...together(action),
    ["Bound", whenBound(action) + askedAgain(action)],
    ...windows(action),
    ["Who says so", whoDecides(action)],
    ...whoJudges(action),
    ["Your stake", stake ? `${showCoin(stake)}, held by the contract until it is settled` : "none"],
    ...(deposit ? [["Your deposit", `${showCoin(deposit)}, settled by your vote`] as [string, string]] : []),
  ];
  facts.push(...bonusOfPledge(action, choice, now()));
  if (choice.referrer) facts.push(["Brought by", choice.referrer]);
  const returns = returnsOf(action, cause.fee_bps, stake !== null);
  return {
    title: "Your pledge",
    promise: [`I will do this ${condition}:`],
    quote: { by: `${quoted(cause.title)} asks`, lines: [action.label, action.description] },
    facts,
    ...(returns && { returns }),
    leave: leave(action),
    warnings,
  };
}
