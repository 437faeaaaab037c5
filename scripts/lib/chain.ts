// A wallet on a chain, for the scripts and the tests: CosmJS with what they all need around it.
import { SigningCosmWasmClient } from "@cosmjs/cosmwasm";
import type { JsonObject } from "@cosmjs/cosmwasm";
import { DirectSecp256k1HdWallet, makeCosmoshubPath } from "@cosmjs/proto-signing";
import type { EncodeObject, OfflineSigner } from "@cosmjs/proto-signing";
import { GasPrice } from "@cosmjs/stargate";
import type { Coin } from "@cosmjs/stargate";

export type { Coin };

/** What every transaction of this project's wallets tells its caller. */
export interface Sent {
  height: number;
  hash: string;
  gasUsed: bigint;
  events: readonly { type: string; attributes: readonly { key: string; value: string }[] }[];
}

/** How to reach a chain with a key. */
export interface WalletOptions {
  rpc: string;
  prefix: string;
  /** With its denom, e.g. `0.025umust`. */
  gasPrice: string;
  /** Twelve or twenty-four words; a new key when left out. */
  mnemonic?: string;
  /** Which account of the mnemonic; the first (0) when left out. */
  account?: number;
}

/** One address on one chain. */
export class Wallet {
  private constructor(
    readonly address: string,
    readonly mnemonic: string,
    readonly signer: OfflineSigner,
    readonly client: SigningCosmWasmClient,
  ) {}

  static async open(options: WalletOptions): Promise<Wallet> {
    const { rpc, prefix, gasPrice, mnemonic } = options;
    const keys = { prefix, hdPaths: [makeCosmoshubPath(options.account ?? 0)] };
    const signer = mnemonic
      ? await DirectSecp256k1HdWallet.fromMnemonic(mnemonic.trim(), keys)
      : await DirectSecp256k1HdWallet.generate(12, keys);
    const account = (await signer.getAccounts())[0];
    if (!account) throw new Error("the mnemonic has no account");
    const client = await SigningCosmWasmClient.connectWithSigner(rpc, signer, {
      gasPrice: GasPrice.fromString(gasPrice),
      broadcastPollIntervalMs: 100,
      broadcastTimeoutMs: 60_000,
    });
    return new Wallet(account.address, signer.mnemonic, signer, client);
  }

  /** Sends one message to a contract and waits for its block. `gas` instead of simulating. */
  async execute(
    contract: string,
    message: JsonObject,
    funds: readonly Coin[] = [],
    gas?: number,
  ): Promise<Sent> {
    return await this.inSequence(async () => {
      const done = await this.client.execute(
        this.address,
        contract,
        message,
        gas === undefined ? 1.5 : await this.feeOf(gas),
        "",
        ordered(funds),
      );
      return { ...done, hash: done.transactionHash };
    });
  }

  /** Sends coins to somebody and waits for the block. */
  async send(to: string, coins: readonly Coin[]): Promise<Sent> {
    return await this.inSequence(async () => {
      const done = await this.client.sendTokens(this.address, to, ordered(coins), 1.5);
      if (done.code !== 0) throw new Error(`sending failed: ${done.rawLog}`);
      return { ...done, hash: done.transactionHash };
    });
  }

  /** Sends several messages of this wallet in one transaction and waits for its block. */
  async transact(messages: readonly EncodeObject[]): Promise<Sent> {
    return await this.inSequence(async () => {
      const done = await this.client.signAndBroadcast(this.address, messages, 1.5);
      if (done.code !== 0) throw new Error(`the transaction failed: ${done.rawLog}`);
      return { ...done, hash: done.transactionHash };
    });
  }

  /** Stores a contract's code (gzipped on the way) and returns its id. `checksum`: hex SHA-256 of `wasm`. */
  async upload(wasm: Uint8Array, checksum: string): Promise<number> {
    return await this.inSequence(async () => {
      const done = await this.client.upload(this.address, wasm, 1.5);
      if (done.checksum !== checksum) throw new Error(`the chain stored ${done.checksum}, not ${checksum}`);
      return done.codeId;
    });
  }

  /** Instantiates a stored code; without `admin` nobody can ever replace it. */
  async instantiate(
    codeId: number,
    message: JsonObject,
    label: string,
    admin?: string,
  ): Promise<{ address: string; height: number }> {
    return await this.inSequence(async () => {
      const options = admin === undefined ? {} : { admin };
      const done = await this.client.instantiate(this.address, codeId, message, label, 1.5, options);
      return { address: done.contractAddress, height: done.height };
    });
  }

  /** Asks a contract. */
  async query<T>(contract: string, question: JsonObject): Promise<T> {
    return (await this.client.queryContractSmart(contract, question)) as T;
  }

  async balance(denom: string): Promise<bigint> {
    return BigInt((await this.client.getBalance(this.address, denom)).amount);
  }

  disconnect(): void {
    this.client.disconnect();
  }

  /** CosmJS multiplies a number by the estimate; an exact limit needs a whole fee. */
  private async feeOf(gas: number) {
    const { calculateFee } = await import("@cosmjs/stargate");
    const price = (this.client as unknown as { gasPrice: GasPrice }).gasPrice;
    return calculateFee(gas, price);
  }

  /** What was begun last: each waits for the one before. */
  private last: Promise<unknown> = Promise.resolve();

  private inSequence<T>(attempt: () => Promise<T>): Promise<T> {
    const next = this.last.then(() => this.insist(attempt));
    this.last = next.catch(() => undefined);
    return next;
  }

  /** Another program may have used the same key in the same block: then once more. */
  private async insist<T>(attempt: () => Promise<T>): Promise<T> {
    for (let left = 8; ; left -= 1) {
      try {
        return await attempt();
      } catch (error) {
        const text = String(error);
        const collided = text.includes("account sequence mismatch") || text.includes("tx already exists in cache");
        if (!collided || left === 0) throw error;
        await sleep(300 + Math.random() * 700);
      }
    }
  }
}

/** The chain refuses coins in any other order than their denoms' own. */
const ordered = (coins: readonly Coin[]): Coin[] =>
  [...coins].sort((a, b) => (a.denom < b.denom ? -1 : 1));

/** See {@link WalletOptions}. */
export const openWallet = (options: WalletOptions): Promise<Wallet> => Wallet.open(options);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The first value of an attribute in a transaction's events. */
export function attribute(sent: Sent, type: string, key: string): string {
  const found = sent.events
    .filter((event) => event.type === type)
    .flatMap((event) => event.attributes)
    .find((pair) => pair.key === key);
  if (!found) throw new Error(`transaction ${sent.hash} has no ${type}.${key}`);
  return found.value;
}

/** The chain's time, in Unix seconds, at its latest block. */
export async function chainTime(wallet: Wallet): Promise<number> {
  return Math.floor(Date.parse((await wallet.client.getBlock()).header.time) / 1000);
}
