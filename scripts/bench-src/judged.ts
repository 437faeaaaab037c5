// Messages of what others judge: a challenged check-in, a vote with deposits, coins that an answer
// releases, with the same crowd before them. The answers are a stand-in's, since only their records are read.
import { KIND, Verdict, record } from "../../tests/lib/verdict.js";
import { chainTime } from "../lib/chain.js";
import type { Coin, Wallet } from "../lib/chain.js";
import type { Call } from "./crowd.js";
import type { Lent } from "./features.js";

const UNIT: Coin = { denom: "umust", amount: "1000" };
const HOUR = 3_600;
const HOLD = 2;
/** The deployment's floor of a report window, and of what is counted in it. */
const WINDOW = 8;

type Started = Awaited<ReturnType<Lent["start"]>>;

export class Judged {
  private constructor(
    private readonly lent: Lent,
    private readonly verdict: Verdict,
    private readonly challenged: Started,
    private readonly deposited: Started,
    private readonly released: Started,
    private readonly denied: Started,
  ) {}

  /** Starts the causes; the crowd's calls come next. Person 5 attests, the `owner` answers. */
  static async prepare(lent: Lent, owner: Wallet): Promise<Judged> {
    const verdict = await Verdict.deploy(owner, lent.contract);
    const schedule = { at_trigger: { hold: HOLD } };
    const tips = { schedule, goal: lent.size + 2, act_window: WINDOW, report_window: WINDOW };
    const stake = { stake: { rule: "required", coin: UNIT }, forfeits_to: { everybody: {} } };
    const doubted = { fulfilment: { challengeable: { window: WINDOW, judge: verdict.judge } } };
    const vote = { vote: { verdict: verdict.address, electorate: { pledgers: {} } } };
    const list = [1, 2].map((index) => lent.who(index).address);
    const coins = { denom: UNIT.denom, min: UNIT.amount, beneficiary: lent.who(0).address, release: { on_success: {} } };
    const said = { by: { attested: { attestors: [lent.who(5).address], quorum: 1 } }, judge_window: HOUR };
    const money = { ...tips, unit: { coins }, outcome: said };
    return new Judged(
      lent,
      verdict,
      await lent.start([{ ...tips, ...stake, ...doubted }]),
      // Deposits want a gate through which nobody comes with many wallets: two people, and no crowd.
      await lent.start([{ ...tips, goal: 2, gate: { list }, outcome: { by: vote, judge_window: HOUR, deposit: UNIT } }]),
      await lent.start([money]),
      await lent.start([money]),
    );
  }

  /** What everybody of the crowd sends. */
  calls(): Call[] {
    const { contract } = this.lent;
    const pledge = { pledge: { action: this.challenged.action } };
    const given = [this.released, this.denied].map(({ action }) => ({ pledge_coins: { action, total_at_least: 0 } }));
    return [pledge, ...given].map((message) => ({ contract, message, funds: [UNIT] }));
  }

  async measure(): Promise<void> {
    await this.ofAChallenge();
    await this.ofDeposits();
    await this.ofCoins();
    await this.ofABonus();
  }

  private async ofAChallenge(): Promise<void> {
    const { send, who } = this.lent;
    const { action } = this.challenged;
    for (const by of [1, 2]) await send(by, { pledge: { action } }, [UNIT]);
    await this.lent.until(action, "acting");
    await send(1, { check_in: { action } }, [], "check_in, that may be challenged");
    const person = who(1).address;
    const question = { asked_at: await chainTime(who(0)), asker: who(3).address };
    await this.verdict.put(action, person, record(question));
    await send(3, { challenge: { action, person } }, [], "challenge");
    await this.lent.until(action, "settled");
    await this.verdict.put(action, person, record({ ...question, answer: "no", final: true }));
    await send(3, { settle: { action } }, [], "settle, with a challenge pending");
    await send(3, { claim: { action, person } }, [], "claim, of a check-in that fell");
  }

  private async ofDeposits(): Promise<void> {
    const { send, who } = this.lent;
    const { action } = this.deposited;
    await send(1, { pledge: { action } }, [UNIT], "pledge, with a deposit");
    await send(2, { pledge: { action } }, [UNIT]);
    await this.lent.until(action, "judging");
    await this.verdict.voted(action, who(1).address, KIND.yes);
    await this.verdict.voted(action, who(2).address, KIND.no);
    await this.verdict.denounced(action, who(4).address, 1);
    const asked_at = await chainTime(who(0));
    const classes: [number, number, bigint, bigint][] = [
      [KIND.yes, 1, 500n, 0n],
      [KIND.no, 1, 0n, 900n],
      [KIND.denouncer, 1, 300n, 0n],
    ];
    const question = { asked_at, asker: who(3).address, answer: "yes" as const, final: true, electorate: "pledgers" as const, classes };
    await this.verdict.put(action, null, record(question));
    await send(3, { settle: { action } }, [], "settle, by a vote with deposits");
    await send(1, { claim: { action } }, [], "claim, deposit and gain");
    await send(4, { claim_reward: { action } }, [], "claim_reward");
  }

  private async ofCoins(): Promise<void> {
    const { send } = this.lent;
    for (const { action } of [this.released, this.denied]) {
      for (const by of [1, 2]) await send(by, { pledge_coins: { action, total_at_least: 0 } }, [UNIT]);
    }
    for (const { action } of [this.released, this.denied]) await this.lent.until(action, "judging");
    await send(5, { attest_outcome: { action: this.released.action, answer: "yes" } }, [], "attest_outcome");
    await send(3, { release: { action: this.released.action } }, [], "release, on success");
    await send(5, { attest_outcome: { action: this.denied.action, answer: "no" } });
    await send(1, { claim: { action: this.denied.action } }, [], "claim, the first of coins that go back");
    await send(2, { claim: { action: this.denied.action } }, [], "claim, of coins that go back");
  }

  /** Cancelled before anybody pledged: all of it returns. */
  private async ofABonus(): Promise<void> {
    const { send, who } = this.lent;
    const now = await chainTime(who(0));
    const schedule = { at_close: { pledge_until: now + HOUR } };
    const bonus = { sponsor: who(4).address, per_pledge: "100", before: now + HOUR / 2 };
    const stake = { stake: { rule: "required", coin: UNIT }, forfeits_to: { everybody: {} } };
    const { cause, action } = await this.lent.start([{ schedule, ...stake, goal: 10, lock: HOLD, bonus }]);
    await send(4, { sponsor_bonus: { action } }, [UNIT]);
    await send(0, { cancel_cause: { cause } });
    await send(4, { claim_bonus: { action } }, [], "claim_bonus");
  }
}
