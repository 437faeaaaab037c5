// The forms of those who have a part besides their own pledge: attestors of people, and keepers.
// Fetched for them.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { attestForm, claimForForm } from "./people.js";
export { stateSavingForm } from "./saving.js";
