// The forms of what is about coins other than stakes: fetched where an action or a cause has them.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { claimBonusForm, sponsorBonusForm } from "./bonus.js";
export { pledgeCoinsForm, releaseForm, takeBackForm } from "./coins.js";
export { supportForm, sweepForm } from "./fund.js";
