// The island: what a page gains from JavaScript. Everything can be read without it.
import { showTimes } from "./time.js";

showTimes(document);
