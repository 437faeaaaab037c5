// The forms of what is judged by others, fetched where something is.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { attestOutcomeForm, challengeForm, claimRewardForm } from "./judged.js";
