// From what a person wants to a block that holds it: simulate, review, sign, broadcast, follow, and
// wait until the indexer has seen it.
import * as api from "../api.js";
import { coin, feeFor, showCoin } from "../coins.js";
import { Sentence } from "../errors.js";
import { type Review, confirm } from "../review/dialog.js";
import type { Session } from "../session.js";
import type { Coin } from "../types.js";
import { toBase64 } from "./bytes.js";
import { type Done, deliver, follow } from "./follow.js";
import { type Message, type Ask, execute } from "./msgs.js";
import { type Fee, type Signer, sign, unsigned } from "./sign.js";

export { Late } from "./follow.js";

/** Simulation knows the state of now; the block comes a little later. 1.38 was measured too low. */
const GAS_MARGIN = 1.5;

/** How far a transaction came. */
export type Step = "checking" | "review" | "signing" | "waiting" | "indexing";

export interface Plan {
  asks: Ask[];
  review: Review;
  /** Told at each step. */
  onStep?: (step: Step) => void;
}

function noCoins(session: Session): Sentence {
  const how = session.hasFaucet ? " Press “Get coins from the faucet” at the top of the page." : " Have some sent to it first.";
  return new Sentence(`Your address has no coins on this chain yet, so it can't pay the fee.${how}`);
}

/** The account as the chain has it now, ready to sign. */
export async function signer(session: Session): Promise<Signer> {
  const { provider, key, address } = session.require();
  const account = await api.account(address);
  if (!account) throw noCoins(session);
  return { provider, key, chainId: session.info.chain_id, ...account };
}

async function estimate(session: Session, who: Signer, messages: Message[]): Promise<Fee> {
  const used = await api.simulate(toBase64(unsigned(who, messages)));
  const gas = Math.ceil(used * GAS_MARGIN) + session.info.scan_gas_allowance;
  return { gas: BigInt(gas), amount: [coin(session.info.fee_denom, feeFor(gas, session.info.gas_price))] };
}

/** The chain would refuse it only after the review: better said before. */
function affordable(coins: readonly Coin[], funds: readonly Coin[], fee: Fee): void {
  const has = new Map(coins.map((c) => [c.denom, BigInt(c.amount)]));
  for (const { denom, amount } of [...funds, ...fee.amount]) {
    const left = (has.get(denom) ?? 0n) - BigInt(amount);
    if (left < 0n) {
      throw new Sentence(`You don't have enough coins: ${showCoin(coin(denom, -left))} more are needed, the fee included.`);
    }
    has.set(denom, left);
  }
}

/** Everything from a wish to the page that shows it. Null where the person went back. */
export async function send(session: Session, plan: Plan): Promise<Done | null> {
  const step = plan.onStep ?? (() => {});
  step("checking");
  const { address } = session.require();
  const contract = session.info.contracts.causes.address;
  const messages = plan.asks.map((ask) => execute(address, contract, ask));
  const coins = await api.balances(address);
  if (coins.length === 0) throw noCoins(session);
  const fee = await estimate(session, await signer(session), messages);
  affordable(coins, plan.asks.flatMap((ask) => ask.funds), fee);
  step("review");
  if (!(await confirm(plan.review, fee.amount))) return null;
  step("signing");
  // The review may have taken a while, and another tab may have sent something.
  const who = await signer(session);
  if (session.require().address !== address) throw new Sentence("Another account was chosen meanwhile. Look again and send it anew.");
  const bytes = await sign(who, messages, fee);
  step("waiting");
  const done = await deliver(bytes);
  step("indexing");
  await seen(session, address, done);
  return done;
}

/** Looks once more for what was late. */
export async function lookAgain(session: Session, hash: string): Promise<Done> {
  const done = await follow(hash);
  await seen(session, session.require().address, done);
  return done;
}

/** Read models follow within a block; a slow one is asked again by its own pages. */
async function seen(session: Session, address: string, done: Done): Promise<void> {
  void session.refreshCoins();
  await api.person(address, done.height).catch(() => null);
}
