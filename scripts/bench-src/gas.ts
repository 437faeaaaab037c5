// Every message of `causes` on a real chain, with few and with many pledges before it.
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";

import { assemble } from "../lib/assemble.js";
import { chainTime, openWallet, sleep } from "../lib/chain.js";
import type { Coin, Wallet } from "../lib/chain.js";
import { Signer } from "../lib/signed.js";
import { Crowd } from "./crowd.js";
import type { Call } from "./crowd.js";
import { Features, type Send, started } from "./features.js";
import { Judged } from "./judged.js";
import type { Bench } from "./main.js";

/** One measured message. */
export interface Row {
  contract: "causes" | "nothing";
  message: string;
  /** How many pledges the action, or the contract, held before. */
  pledges: number;
  gas: number;
  wasm_bytes: number;
}

export const NOTHING = "an execute that does nothing";
export const NOTHING_WITH_COINS = "the same, with coins";
const STAKE: Coin = { denom: "umust", amount: "1000" };
/** Wallets that are measured, beside the crowd. */
const MEASURED = 6;
/** The same for all, so that a fee's digits don't differ. */
const LIMIT = 400_000;
/** Of a crowd's transaction with eleven pledges, seven of them with coins. */
const CROWD_LIMIT = 900_000;
/** Seconds for all that is measured while an action is acting or reporting, or pledging. */
const WINDOW = 25;
const HOUR = 3_600;
/** Signed pledges in the largest batch, and gas for it. */
const BATCH = 100;
const BATCH_LIMIT = 3_000_000;
const HOLD = 2;

const text = {
  title: "Leave the overpriced journal",
  summary: "We submit elsewhere from January on.",
  language: "en",
  text: "From January on we neither submit to it nor review for it. ".repeat(9).slice(0, 500),
  cancel: "until_lock",
};

const action = (extra: object) => ({
  label: "Don't submit",
  description: "You submit nothing to it for a year; anybody can see it in its issues.",
  goal: 1,
  act_window: WINDOW,
  report_window: WINDOW,
  fulfilment: { honor: {} },
  ...extra,
});

/** Measures all messages, each with so many pledges before it. */
export async function gas(bench: Bench, sizes: readonly number[], emit: (row: Row) => void): Promise<void> {
  const file = new URL("../../artifacts/causes.wasm", import.meta.url);
  const wasm = readFileSync(file);
  const code = await bench.faucet.upload(wasm, createHash("sha256").update(wasm).digest("hex"));
  for (const size of sizes) {
    const course = await Course.prepare(bench, code, size, (message, used) =>
      emit({ contract: "causes", message, pledges: size, gas: Number(used), wasm_bytes: wasm.length }),
    );
    await course.run();
    await nothing(bench, size, emit);
  }
}

/** What is left of an execute without a contract, on a chain with so many accounts: the goals are above that. */
async function nothing(bench: Bench, size: number, emit: (row: Row) => void): Promise<void> {
  const wasm = await assemble(new URL("nothing.wat", import.meta.url));
  const code = await bench.faucet.upload(wasm, createHash("sha256").update(wasm).digest("hex"));
  const { address } = await bench.faucet.instantiate(code, {}, "nothing");
  const one = await openWallet(bench.access);
  await bench.faucet.send(one.address, [{ denom: "umust", amount: "100000000" }]);
  await one.send(one.address, [{ denom: "umust", amount: "1" }]);
  // The contract's balance is there before, as it is in all that is compared.
  await one.execute(address, {}, [STAKE], LIMIT);
  for (const [message, funds] of [
    [NOTHING, []],
    [NOTHING_WITH_COINS, [STAKE]],
  ] as const) {
    const { gasUsed } = await one.execute(address, { pledge: { action: 1 } }, [...funds], LIMIT);
    emit({ contract: "nothing", message, pledges: size, gas: Number(gasUsed), wasm_bytes: 0 });
  }
  one.disconnect();
}

/** One contract with its crowd. */
class Course {
  private contract = "";
  /** Actions by what they are for. */
  private readonly at = { plain: 0, staked: 0, attested: 0, honor: 0, paired: 0 };
  private readonly cause = { plain: 0, staked: 0, honor: 0 };
  private features: Features | null = null;
  private judged: Judged | null = null;

  private constructor(
    private readonly bench: Bench,
    private readonly size: number,
    private readonly people: readonly Wallet[],
    private readonly note: (message: string, gas: bigint) => void,
  ) {}

  static async prepare(bench: Bench, code: number, size: number, note: (message: string, gas: bigint) => void): Promise<Course> {
    const people: Wallet[] = [];
    for (let i = 0; i < MEASURED; i += 1) people.push(await openWallet(bench.access));
    const gift = { denom: "umust", amount: "100000000" };
    for (const one of people) await bench.faucet.send(one.address, [gift]);
    // An account's first transaction is dearer: it stores the key.
    await Promise.all(people.map((one) => one.send(one.address, [{ denom: "umust", amount: "1" }])));
    const course = new Course(bench, size, people, note);
    const owner = course.who(0).address;
    const message = { owner, treasury: owner, fee_bps: 200, floors: { report: 5, hold: HOLD, lock: 2, confirm: 2 } };
    course.contract = (await course.who(0).instantiate(code, message, "bench")).address;
    return course;
  }

  async run(): Promise<void> {
    await this.create();
    await this.fill();
    await this.whilePledging();
    await this.relayed();
    await this.together();
    await this.features?.measure();
    await this.judged?.measure();
    await this.whileActing();
    await this.afterwards();
    await this.configuration();
    for (const one of this.people) one.disconnect();
  }

  private who(index: number): Wallet {
    return this.people[index] as Wallet;
  }

  /** Sends one message and notes its gas under a name, if it has one. */
  private readonly send: Send = async (by, message, funds = [], name) => {
    const sent = await this.who(by).execute(this.contract, message, funds, LIMIT);
    if (name) this.note(name, sent.gasUsed);
    return sent;
  };

  /** Person 0 starts all causes, person 5 attests, and forfeits of one go to the treasury's address. */
  private async create(): Promise<void> {
    const close = { at_close: { pledge_until: (await chainTime(this.who(0))) + HOUR } };
    const trigger = { goal: this.size + 4, schedule: { at_trigger: { hold: HOLD } } };
    const stake = { rule: "required", coin: STAKE };
    const start = async (name: keyof Course["at"], ...actions: object[]): Promise<number> => {
      const one = await this.start(actions);
      this.at[name] = one.action;
      return one.cause;
    };
    this.cause.plain = await start("plain", { schedule: close });
    this.cause.staked = await start("staked", { schedule: close, stake, forfeits_to: { everybody: {} } });
    const attested = { attested: { attestors: [this.who(5).address], quorum: 1 } };
    const saving = { uri: "https://example.org/contract.pdf", sha256: "ab".repeat(32), bps: 500, recipient: "the free journal" };
    await start("attested", { ...trigger, stake, fulfilment: attested, forfeits_to: { cooperators: {} }, saving });
    const to = { address: { address: this.bench.faucet.address } };
    this.cause.honor = await start("honor", { ...trigger, stake, forfeits_to: to });
    const schedule = { at_trigger: { hold: HOLD } };
    await start(
      "paired",
      { goal: this.size + 1, schedule, requires: [{ own: 1 }] },
      { goal: 1, schedule, requires: [{ own: 0 }] },
    );
    const lent = {
      contract: this.contract,
      size: this.size,
      who: (index: number) => this.who(index),
      send: this.send,
      until: (id: number, ...phases: string[]) => this.until(id, ...phases),
      start: (all: readonly object[], cause?: object) => this.start(all, cause),
    };
    this.features = await Features.prepare(lent);
    this.judged = await Judged.prepare(lent, this.bench.faucet);
  }

  private async start(actions: readonly object[], cause: object = {}): Promise<ReturnType<typeof started>> {
    return started(await this.who(0).execute(this.contract, { create_cause: { ...text, ...cause, actions: actions.map(action) } }));
  }

  /** The crowd pledges to all that have one, each member in one transaction. */
  private async fill(): Promise<void> {
    const began = Date.now();
    const { faucet, rpc } = this.bench;
    const crowd = await Crowd.gather(this.contract, this.size, faucet, rpc, { denom: "umust", amount: "100000" });
    const pledge = (id: number, funds: readonly Coin[]): Call => ({
      contract: this.contract,
      message: { pledge: { action: id } },
      funds,
    });
    const { plain, staked, attested, honor, paired } = this.at;
    const calls = [pledge(plain, []), pledge(paired, []), ...[staked, attested, honor].map((id) => pledge(id, [STAKE]))];
    calls.push(...(this.features?.calls() ?? []), ...(this.judged?.calls() ?? []));
    await crowd.all(calls, CROWD_LIMIT);
    while ((await this.read(honor)).pledged < this.size) await sleep(300);
    this.bench.say(`${this.size} people pledged to ${calls.length} actions each in ${Math.round((Date.now() - began) / 1000)} s`);
  }

  private async read(id: number): Promise<{ pledged: number; phase: string; ready_since: number | null }> {
    return await this.who(0).query(this.contract, { action: { action: id } });
  }

  private async whilePledging(): Promise<void> {
    const { plain, staked } = this.at;
    const schedule = { at_close: { pledge_until: (await chainTime(this.who(0))) + HOUR } };
    await this.send(0, { create_cause: { ...text, actions: [action({ schedule })] } }, [], "create_cause, one action");
    await this.send(1, { pledge: { action: plain } }, [], "pledge");
    await this.send(1, { withdraw: { action: plain } }, [], "withdraw");
    await this.send(2, { pledge: { action: plain, needs_others: 40 } }, [], "pledge, threshold above the goal");
    await this.send(2, { withdraw: { action: plain } }, [], "withdraw, threshold above the goal");
    await this.send(1, { pledge: { action: staked } }, [STAKE], "pledge, with a stake");
    await this.send(1, { withdraw: { action: staked } }, [], "withdraw, with a stake");
    await this.send(2, { pledge: { action: staked } }, [STAKE]);
    await this.send(3, { already_did: { action: plain } }, [], "already_did");
    await this.send(0, { cancel_cause: { cause: this.cause.staked } }, [], "cancel_cause, one action");
    await this.send(2, { claim: { action: staked } }, [], "claim, stake back from a cancelled cause");
  }

  /** What people without coins signed, in one transaction of somebody else's. */
  private async relayed(): Promise<void> {
    const now = await chainTime(this.who(0));
    const where = { chainId: await this.who(0).client.getChainId(), contract: this.contract };
    const does = { pledge: { action: this.at.plain, needs_others: 0 } };
    const items = [];
    for (let i = 0; i <= BATCH; i += 1) {
      const signer = await Signer.named(`${this.contract} ${i}`);
      items.push(await signer.sign(where, now, now * 1_000, does));
    }
    await this.send(4, { relay: { items: items.slice(0, 1) } }, [], "relay, one pledge");
    const sent = await this.who(4).execute(this.contract, { relay: { items: items.slice(1) } }, [], BATCH_LIMIT);
    this.note(`relay, each of ${BATCH} pledges`, sent.gasUsed / BigInt(BATCH));
    await this.send(4, { void: { sequence: now } }, [], "void");
  }

  /** Two actions that require one another: only a message binds them. */
  private async together(): Promise<void> {
    const first = this.at.paired;
    for (const id of [first, first + 1]) await this.send(1, { pledge: { action: id } });
    const ready = Number((await this.read(first + 1)).ready_since) + HOLD;
    while ((await chainTime(this.who(1))) < ready) await sleep(200);
    await this.send(2, { activate: { action: first } }, [], "activate, of two that require one another");
  }

  /** Four more tip the two that trigger; 1 keeps it, 2 breaks it, 3 and 4 say nothing. */
  private async whileActing(): Promise<void> {
    const { attested, honor } = this.at;
    for (const by of [1, 2, 3]) await this.send(by, { pledge: { action: attested } }, [STAKE]);
    await this.send(4, { pledge: { action: attested } }, [STAKE], "pledge, with a stake, that tips a trigger");
    await this.until(attested, "acting");
    await this.send(1, { check_in: { action: attested } }, [], "check_in, attested");
    const said = (by: number, outcome: string) => ({ person: this.who(by).address, outcome });
    const attest = (statements: object[]) => ({ attest: { action: attested, statements } });
    await this.send(5, attest([said(1, "did")]), [], "attest, one person");
    await this.send(5, attest([said(2, "didnt"), said(3, "excused")]), [], "attest, two people");
    const saved = { action: attested, person: this.who(1).address, currency: "USD", saved: "12000000", paid: "600000" };
    await this.send(5, { state_saving: saved }, [], "state_saving");
    for (const by of [1, 2, 3, 4]) await this.send(by, { pledge: { action: honor } }, [STAKE]);
    await this.until(honor, "acting");
    await this.send(1, { check_in: { action: honor } }, [], "check_in, honor");
  }

  private async afterwards(): Promise<void> {
    const { attested, honor } = this.at;
    await this.until(attested, "settled");
    await this.send(3, { settle: { action: attested } }, [], "settle");
    await this.send(1, { claim: { action: attested } }, [], "claim, stake and share");
    const other = { claim: { action: attested, person: this.who(2).address } };
    await this.send(3, other, [], "claim, of a broken pledge, by its keeper");
    await this.send(3, { claim: { action: attested } }, [], "claim, stake back");
    await this.until(honor, "settled");
    await this.send(1, { claim: { action: honor } }, [], "claim, that fixes the totals too");
    // Its owner sends it, so the keeper's part becomes the campaign fund's.
    await this.send(2, { claim: { action: honor } }, [], "claim, of a broken pledge, by its owner");
    await this.send(3, { claim_forfeits: { action: honor } }, [], "claim_forfeits");
    const spend = { cause: this.cause.honor, to: this.who(3).address, denom: STAKE.denom, amount: "1", memo: "stamps" };
    await this.send(0, { spend_fund: spend }, [], "spend_fund");
    await this.send(3, { claim_fees: { denom: STAKE.denom } }, [], "claim_fees");
  }

  private async configuration(): Promise<void> {
    await this.send(0, { update_config: { fee_bps: 100 } }, [], "update_config");
    await this.send(0, { propose_owner: { owner: this.who(1).address } }, [], "propose_owner");
    await this.send(1, { accept_owner: {} }, [], "accept_owner");
    await this.send(1, { renounce_owner: {} }, [], "renounce_owner");
  }

  private async until(id: number, ...phases: string[]): Promise<void> {
    while (!phases.includes((await this.read(id)).phase)) await sleep(200);
  }
}
