// The forms of causes whose actions hang together: bundles, and alternatives of which one is chosen.
// (What is there by then is named, so that it stays one piece.)
import "../pages/acting.js";

export { pledgeBundleForm, withdrawBundleForm } from "./bundle.js";
export { proposeForm, scoreForm, secondForm } from "./choice.js";
