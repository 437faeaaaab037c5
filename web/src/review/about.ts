// What reviews of all kinds say.
import type { Action, Cause } from "../types.js";
import { quoted } from "../words.js";
import type { Review } from "./dialog.js";

export const NO_WAY_BACK = "There is no way back once it is in a block.";

export const about = (cause: Cause, action: Action): NonNullable<Review["quote"]> => ({
  by: `It is about ${quoted(cause.title)}`,
  lines: [action.label],
});
