// The reviews of gifts, and of what is left of a campaign fund.
import { showCoin, showCoins } from "../coins.js";
import { moment } from "../time.js";
import type { Cause, Coin } from "../types.js";
import type { Review } from "./dialog.js";

const NO_WAY_BACK = "There is no way back once it is in a block.";

export function supportReview(cause: Cause, gift: Coin): Review {
  return {
    title: "Give to the campaign fund",
    promise: ["I give this without getting anything for it. Whoever started the cause spends it, for everybody to see."],
    quote: { by: "The cause", lines: [cause.title] },
    facts: [
      ["Amount", showCoin(gift)],
      ["At the fund's end the rest goes to", cause.fund_to ?? "nobody"],
      ["The end, at the latest", cause.fund_until === null ? "never" : moment(cause.fund_until)],
    ],
    leave: NO_WAY_BACK,
  };
}

export function sweepReview(cause: Cause): Review {
  return {
    title: "Pay what is left of the campaign fund",
    promise: ["What is left goes to the address that the cause named when it began. Anybody may send this."],
    quote: { by: "The cause", lines: [cause.title] },
    facts: [
      ["Amount", showCoins(cause.fund)],
      ["Goes to", cause.fund_to ?? "nobody"],
    ],
    leave: NO_WAY_BACK,
  };
}
