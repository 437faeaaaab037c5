// The forms of whoever started a cause, fetched for them.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { cancelForm, spendForm } from "./cause.js";
