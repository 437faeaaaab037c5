// The contract's bounds on a new cause (schema/src/causes/limits.rs). Lengths are UTF-8 bytes.
export const MAX_TITLE = 120;
export const MAX_SUMMARY = 500;
export const MAX_TEXT = 8_192;
export const MAX_HARM_NOTE = 1_000;
export const MAX_LANGUAGE = 35;
export const MAX_PLACE_LABEL = 120;
export const MAX_TAGS = 8;
export const MAX_TAG = 32;
export const MAX_ACTIONS = 16;
export const MAX_REQUIRES = 8;
export const MAX_LABEL = 80;
export const MAX_DESCRIPTION = 1_000;
export const MAX_ATTESTORS = 15;
/** Claims of a gate beside the first. */
export const MAX_ALSO = 3;
export const MAX_CLAIM = 64;
export const MAX_SCOPE = 64;
export const MAX_LIST = 100;
export const MAX_COMMUNITIES = 4;
export const MAX_LEAST_KEPT = 1_000_000;
export const MAX_GOAL = 1_000_000_000;
/** Ten years, in seconds. */
export const MAX_WINDOW = 10 * 366 * 24 * 3_600;
/** A hundred years, in seconds. */
export const MAX_HORIZON = 100 * 366 * 24 * 3_600;
export const MAX_STAKE = (2n ** 128n - 1n) >> 32n;
/** Of a document, in hundredths of a percent. */
export const MAX_DOCUMENT_BPS = 2_000;
/** Who gets a part of savings, in words. */
export const MAX_RECIPIENT = 120;
export const MAX_EVIDENCE_URI = 256;
export const MIN_JURY = 3;
export const MAX_JURY = 1_001;
export const MAX_TRANCHES = 8;
