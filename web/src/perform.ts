// One wish from a button to the page that shows what became of it.
import { button, notice } from "./dom.js";
import { sentence } from "./refusals.js";
import type { Review } from "./review/dialog.js";
import type { Session } from "./session.js";
import type { Ask } from "./tx/msgs.js";
import type { Done } from "./tx/follow.js";
import { Late, type Step, lookAgain, send } from "./tx/send.js";

const STEPS: Record<Step, string> = {
  checking: "Asking the chain what it would cost…",
  review: "Look at it and sign, or go back.",
  signing: "Confirm it in your wallet…",
  waiting: "Sent. Waiting for the block…",
  indexing: "It is in a block. Waiting until this page sees it…",
};

export interface Wish {
  asks: Ask[];
  review: Review;
  /** Said when it is done. */
  done: string;
  /** Called once it is in a block, before the page looks again. */
  landed?: () => void;
}

/** True where it is in a block. Whatever goes wrong is said, and the form stays as it is. */
export async function perform(
  session: Session,
  wish: Wish,
  after: (done: Done) => Promise<void>,
  failed?: (error: unknown) => void,
): Promise<boolean> {
  const attempt = async (act: () => Promise<Done | null>): Promise<boolean> => {
    try {
      const done = await act();
      if (!done) {
        notice("Nothing was signed or sent.");
        return false;
      }
      wish.landed?.();
      // It is done, whether or not the page can show it at once.
      await after(done).catch(() => undefined);
      notice(wish.done);
      return true;
    } catch (error) {
      const again = (hash: string): HTMLElement =>
        button("Look again", () => {
          notice(STEPS.waiting);
          return attempt(() => lookAgain(session, hash));
        });
      notice(sentence(error), "error", error instanceof Late && again(error.hash));
      failed?.(error);
      return false;
    }
  };
  return await attempt(() =>
    send(session, { asks: wish.asks, review: wish.review, onStep: (step) => notice(STEPS[step]) }),
  );
}
