// The forms of those who have a part besides their own pledge: attestors, challengers, keepers.
// Fetched for them.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { attestOutcomeForm, challengeForm, claimRewardForm } from "./judged.js";
export { stateSavingForm } from "./saving.js";
export { attestForm, claimForForm } from "./people.js";
