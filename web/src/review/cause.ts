// The reviews of what a creator does with a cause as a whole.
import { showCoin } from "../coins.js";
import { moment } from "../time.js";
import type { Cause, Coin } from "../types.js";
import { NO_WAY_BACK } from "./about.js";
import type { Review } from "./dialog.js";

export function cancelReview(cause: Cause): Review {
  return {
    title: "Cancel the cause",
    promise: ["The whole cause ends now, for everybody. Whoever gave a stake may claim it back in full."],
    quote: { by: "Its name", lines: [cause.title] },
    facts: [["As of", moment(cause.view.time)]],
    leave: NO_WAY_BACK,
    warnings: ["A cancelled cause stays visible, and can't be opened again."],
  };
}

export function spendReview(cause: Cause, spend: { to: string; coin: Coin; memo: string }): Review {
  return {
    title: "Spend from the campaign fund",
    promise: ["I pay this from the cause's campaign fund, for everybody to see."],
    quote: { by: "What for", lines: [spend.memo] },
    facts: [
      ["Cause", cause.title],
      ["Amount", showCoin(spend.coin)],
      ["Goes to", spend.to],
    ],
    leave: NO_WAY_BACK,
  };
}
