// What every form of an offer knows.
import type { Wish } from "../perform.js";
import type { Session } from "../session.js";
import type { Action, Cause } from "../types.js";
import type { Ask } from "../tx/msgs.js";
import type { Me } from "./which.js";

/** The latest of everything, read when a button is pressed. */
export interface Facts {
  cause: Cause;
  action: Action;
  me: Me;
}

/** What every form can do. */
export interface Doing {
  session: Session;
  /** Looks again, once a block is indexed: what somebody else sent has landed. */
  look?(height: number): Promise<void>;
  /** Reviews, signs and sends. True where it is in a block. */
  act(wish: Wish): Promise<boolean>;
}

export interface Context extends Doing {
  facts(): Facts;
  /** Looks for a pledge that isn't among the known ones, by its person's address. */
  find?(address: string): Promise<void>;
}

/** A form on the page: kept as long as its offer lasts, so that what one typed stays. */
export interface Shown {
  root: HTMLElement;
  /** After a change of the facts. */
  update?(): void;
}

/** A message without coins. */
export const ask = (msg: Record<string, unknown>): Ask[] => [{ msg, funds: [] }];
