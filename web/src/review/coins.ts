// The reviews of coins for a purpose.
import { showCoin, showCoins } from "../coins.js";
import { moment, now } from "../time.js";
import type { Action, ActionCoins, Cause, Coin } from "../types.js";
import { quoted, short } from "../words.js";
import { NO_WAY_BACK, about } from "./about.js";
import { bonusOfPledge } from "./bonus.js";
import type { Review } from "./dialog.js";

const percent = (bps: number): string => `${bps / 100} %`;

const WHEN: Record<ActionCoins["release"], string> = {
  on_activation: "",
  on_success: ", once the answer about it is yes; else it comes back",
  tranches: ", in parts, each once the answer about it is yes; else it and the later ones come back",
};

function goesTo(coins: ActionCoins, feeBps: number): [string, string][] {
  const facts: [string, string][] = [["Goes to", `${coins.beneficiary}${WHEN[coins.release]}`]];
  if (coins.tranches.length > 0) facts.push(["Parts", coins.tranches.map((one) => percent(one.bps)).join(", ")]);
  if (feeBps > 0) facts.push(["Fee, of what is released", percent(feeBps)]);
  const { document } = coins;
  if (document) facts.push([`By ${document.uri}`, `${percent(document.bps)} of what is released, to ${document.recipient}`]);
  return facts;
}

export function pledgeCoinsReview(cause: Cause, action: Action, coins: ActionCoins, given: Coin, total: Coin): Review {
  const { kind, pledge_until: close } = action.schedule;
  const lock = close !== null && action.lock > 0 ? ` until ${moment(close - action.lock)}, when it locks` : "";
  const warnings: string[] = [];
  if (kind === "rolling") warnings.push("Once enough have come together you are bound at once and can't withdraw.");
  return {
    title: "Your pledge",
    promise: [`I give ${showCoin(given)} if ${showCoin(total)} or more come together in all, mine among them:`],
    quote: { by: `${quoted(cause.title)} asks`, lines: [action.label, action.description] },
    facts: [
      ["You pay now", `${showCoin(given)}, held by the contract`],
      ["Pledged so far", `${showCoin(coins.pledged)}; the goal is ${showCoin(coins.goal)}`],
      ...(close === null ? [] : [["Open until", moment(close)] as [string, string]]),
      ...goesTo(coins, cause.fee_bps),
      ...bonusOfPledge(action, { needsOthers: Number(BigInt(total.amount) / BigInt(coins.min.amount)) - 1, staked: true }, now()),
    ],
    leave:
      action.phase === "locked"
        ? "You can't any more before the close: it is locked. If you aren't in then, everything comes back."
        : `As long as it is open and you aren't bound${lock}, you may withdraw in one message, and your coins come back with it. If too little comes together, everything comes back.`,
    warnings,
  };
}

export function releaseReview(cause: Cause, action: Action, due: Coin): Review {
  const coins = action.coins;
  return {
    title: "Release what is bound",
    promise: [`The contract pays ${showCoin(due)} to the purpose for which it was given.`],
    quote: about(cause, action),
    facts: [...(coins ? goesTo(coins, cause.fee_bps) : []), ["For you", "nothing: anybody may do it"]],
    leave: `${NO_WAY_BACK} Only ${short(coins?.beneficiary ?? "")} is paid.`,
  };
}

export function takeBackReview(cause: Cause, action: Action, due: readonly Coin[]): Review {
  return {
    title: "Take your part back",
    promise: ["My part of what wasn't released comes back to me."],
    quote: about(cause, action),
    facts: [["Comes to you", showCoins(due)]],
    leave: NO_WAY_BACK,
  };
}
