// The forms of words about influence, fetched where one may say or rate some.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { rateForm, sayForm } from "./registry.js";
