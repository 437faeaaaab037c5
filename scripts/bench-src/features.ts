// Messages of what only some actions have: coins for a purpose, confirm windows, a deliberation, bundles,
// a registry, a fund and a refund bonus, with the same crowd before them.
import { attribute, chainTime, sleep } from "../lib/chain.js";
import type { Coin, Sent, Wallet } from "../lib/chain.js";
import type { Call } from "./crowd.js";

/** One unit of what is given for a purpose. */
const UNIT: Coin = { denom: "umust", amount: "1000" };
const HOUR = 3_600;
const HOLD = 2;
/** Seconds in which those who are measured confirm. */
const CONFIRM = 12;
/** Seconds in which one proposes, and in which one scores. */
const PROPOSING = 8;
const SCORING = 10;
/** The deployment's floor of a lock. */
const LOCK = 2;

/** Sends one message as somebody of those who are measured, and notes its gas under a name. */
export type Send = (by: number, message: object, funds?: readonly Coin[], name?: string) => Promise<Sent>;

/** What the course of a contract lends. */
export interface Lent {
  contract: string;
  size: number;
  who(index: number): Wallet;
  send: Send;
  /** Waits until an action is in one of these phases. */
  until(action: number, ...phases: string[]): Promise<void>;
  /** Starts a cause by person 0: its number and that of its first action. */
  start(actions: readonly object[], cause?: object): Promise<{ cause: number; action: number }>;
}

type Started = Awaited<ReturnType<Lent["start"]>>;

/** The part of a course that is about them. */
export class Features {
  private constructor(
    private readonly lent: Lent,
    private readonly open: Started,
    private readonly tipping: Started,
    private readonly asked: Started,
    private readonly bundle: Started,
    private readonly bonus: Started,
  ) {}

  /** Starts the causes; the crowd's calls come next. */
  static async prepare(lent: Lent): Promise<Features> {
    const now = await chainTime(lent.who(0));
    const at_close = { pledge_until: now + HOUR };
    const close = { schedule: { at_close } };
    const trigger = { schedule: { at_trigger: { hold: HOLD } } };
    const coins = { denom: UNIT.denom, min: UNIT.amount, beneficiary: lent.who(5).address };
    const money = { unit: { coins }, act_window: 0, report_window: 0 };
    const stake = { stake: { rule: "required", coin: UNIT }, forfeits_to: { everybody: {} } };
    const sponsored = { sponsor: lent.who(4).address, per_pledge: "100", before: now + HOUR / 2 };
    return new Features(
      lent,
      await lent.start([{ ...money, ...close }]),
      await lent.start([{ ...money, ...trigger, goal: lent.size + 2 }]),
      await lent.start([{ ...trigger, goal: lent.size + 2, confirm_window: CONFIRM }]),
      await lent.start([close, close], { bundle: true, fund_to: lent.who(5).address }),
      await lent.start([{ ...close, ...stake, goal: 2 * lent.size + 10, lock: LOCK, bonus: sponsored }], { cancel: "never" }),
    );
  }

  /** What everybody of the crowd sends. */
  calls(): Call[] {
    const { contract } = this.lent;
    const given = [this.open, this.tipping].map(({ action }) => ({
      contract,
      message: { pledge_coins: { action, total_at_least: 0 } },
      funds: [UNIT],
    }));
    return [...given, { contract, message: { pledge: { action: this.asked.action } }, funds: [] }];
  }

  async measure(): Promise<void> {
    await this.ofCoins();
    await this.ofAConfirmWindow();
    await this.ofADeliberation();
    await this.ofTheRest();
  }

  private async ofCoins(): Promise<void> {
    const { send } = this.lent;
    const give = (action: number, total_at_least: number) => ({ pledge_coins: { action, total_at_least } });
    const { action } = this.open;
    await send(1, give(action, 0), [UNIT], "pledge_coins");
    await send(1, { withdraw: { action } }, [], "withdraw, coins");
    await send(2, give(action, 40), [UNIT], "pledge_coins, only if the total reaches more");
    await send(2, { withdraw: { action } }, [], "withdraw, coins, with such a condition");
    const tipping = this.tipping.action;
    await send(1, give(tipping, 0), [UNIT]);
    await send(2, give(tipping, 0), [UNIT], "pledge_coins, that tips a trigger");
    await this.lent.until(tipping, "acting", "settled");
    await send(3, { release: { action: tipping } }, [], "release, to the beneficiary");
  }

  private async ofAConfirmWindow(): Promise<void> {
    const { send } = this.lent;
    const { action } = this.asked;
    for (const by of [1, 2]) await send(by, { pledge: { action } });
    await this.lent.until(action, "confirming");
    await send(1, { confirm: { action } }, [], "confirm, the first");
    await send(2, { confirm: { action } }, [], "confirm");
  }

  /** Begun only now, since it is over soon. */
  private async ofADeliberation(): Promise<void> {
    const { send, who } = this.lent;
    const now = await chainTime(who(0));
    const until = now + PROPOSING;
    const one = { schedule: { at_close: { pledge_until: now + HOUR } } };
    const deliberation = { alternatives: 2, proposals: { places: 1, until }, score_until: until + SCORING };
    const { cause, action } = await this.lent.start([one, one], { deliberation });
    for (const by of [1, 2]) await send(by, { pledge: { action } });
    const proposal = { label: "Another", description: "Another way, which anybody can see too.", goal: 1, ...one };
    const asked = { ...proposal, act_window: 25, report_window: 25, fulfilment: { honor: {} } };
    await send(1, { propose: { cause, action: asked } }, [], "propose");
    await send(2, { second: { cause, proposal: 1 } }, [], "second");
    while ((await chainTime(who(0))) < until) await sleep(200);
    await send(1, { score: { cause, scores: [5, 3] } }, [], "score, the first");
    await send(2, { score: { cause, scores: [4, 3] } }, [], "score");
  }

  private async ofTheRest(): Promise<void> {
    const { send, who } = this.lent;
    const { cause } = this.bundle;
    await send(1, { pledge_bundle: { cause, needs_others: [0, 0] } }, [], "pledge_bundle, of two");
    await send(2, { pledge_bundle: { cause, needs_others: [0, 0] } });
    await send(1, { say: { cause, words: "I know two of its editors." } }, [], "say");
    const rate = { rate: { cause, person: who(1).address, vote: "up" } };
    await send(2, rate, [], "rate");
    await send(1, { withdraw_bundle: { cause } }, [], "withdraw_bundle, of two");
    await send(3, { support: { cause } }, [UNIT], "support");
    await send(4, { sponsor_bonus: { action: this.bonus.action } }, [UNIT], "sponsor_bonus");
    const referred = { pledge: { action: this.bonus.action, referrer: who(2).address } };
    await send(2, { pledge: { action: this.bonus.action } }, [UNIT], "pledge, with a stake and a bonus");
    await send(1, referred, [UNIT], "pledge, with a stake, a bonus and a referrer");
    await send(1, { withdraw: { action: this.bonus.action } }, [], "withdraw, with a stake and a bonus");
    await send(2, { withdraw_bundle: { cause } });
  }
}

/** The number of a started cause and of its first action. */
export function started(sent: Sent): Started {
  const of = (name: string) => Number(attribute(sent, "wasm-muster_cause_created", name));
  return { cause: of("cause"), action: of("first_action") };
}
