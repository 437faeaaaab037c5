// What a page needs once a wallet is connected, and fetches only then: the offers and their forms,
// and the way from a button into a block.
export { showCauseOffers, showOffers } from "../offers/show.js";
export { causeOffers } from "../offers/which.js";
export { perform } from "../perform.js";
export { statusWords } from "./status.js";
