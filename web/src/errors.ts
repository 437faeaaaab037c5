// What goes wrong, in sentences. What the contract and the chain refuse is in `refusals.ts`, which a
// page fetches once there is a wallet that may be refused.
import { Refusal } from "./api.js";

/** A refusal that is a sentence already. */
export class Sentence extends Error {}

export const UNKNOWN = "The chain refused it, for a reason that this page doesn't know.";

/** Whether a wallet's error means that the person said no. */
export const isRejection = (error: unknown): boolean =>
  /reject|denied|declin|cancel|closed/i.test(error instanceof Error ? error.message : String(error));

/** Any error, as a sentence for people. `chain`: of what the chain said. */
export function sentence(error: unknown, chain: (raw: string) => string = () => UNKNOWN): string {
  if (error instanceof Sentence) return error.message;
  if (error instanceof Refusal) {
    if (error.raw !== null) return chain(error.raw);
    if (error.status === 429) return "That was a lot at once. Wait a moment and try again.";
    if (error.status >= 500) return "The server can't reach the chain just now. Try again in a moment.";
    return error.status === 0 ? error.message : `The server refused it: ${error.message}.`;
  }
  if (isRejection(error)) return "You didn't sign. Nothing was sent.";
  return "Something went wrong in this page or the wallet. Nothing was sent; try again.";
}
