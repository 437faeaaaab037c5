// The demo's people: accounts of one mnemonic that everybody knows, on a local chain only.
import { readFileSync } from "node:fs";

import { Decimal } from "@cosmjs/math";

import { openWallet } from "../lib/chain.js";
import type { Coin, Wallet } from "../lib/chain.js";

/** What the demo needs of the deployment file. */
export interface Deployment {
  chain_id: string;
  bech32_prefix: string;
  rpc: string[];
  fee_denom: string;
  gas_price: string;
  local: boolean;
  faucet: { mnemonic: string } | null;
  denoms: { denom: string; symbol: string; exponent: number }[];
  contracts: { causes: { address: string } };
}

// A BIP-39 test vector, well known on purpose: whoever reads it owns nothing.
const MNEMONIC = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
/** In the smallest unit: what a person gets, and below which they get it again. */
const GIFT = 1_000_000_000n;
const LITTLE = 100_000_000n;

/** Reads the deployment file; refuses every chain but a local one. */
export function readDeployment(file: string): Deployment {
  const found = JSON.parse(readFileSync(file, "utf8")) as Deployment;
  if (found.local !== true || !found.faucet) {
    throw new Error(`${file} describes ${found.chain_id}, which isn't a local chain; the demo plays on local ones only`);
  }
  return found;
}

/** Coins as people write them: `12475000umust` is 12.475 MUST. */
export function shown(deployment: Deployment, coins: readonly Coin[]): string {
  const one = ({ denom, amount }: Coin): string => {
    const known = deployment.denoms.find((named) => named.denom === denom);
    return known ? `${Decimal.fromAtomics(amount, known.exponent)} ${known.symbol}` : `${amount} ${denom}`;
  };
  return coins.length === 0 ? "nothing" : coins.map(one).join(" and ");
}

/** Opens accounts of the demo's mnemonic by their numbers, and the faucet that pays them. */
export class People {
  private readonly open = new Map<number, Wallet>();
  private constructor(private readonly deployment: Deployment, private readonly faucet: Wallet) {}

  static async meet(deployment: Deployment): Promise<People> {
    const faucet = await openWallet({ ...access(deployment), mnemonic: deployment.faucet?.mnemonic ?? "" });
    return new People(deployment, faucet);
  }

  /** The person with this number. */
  async person(account: number): Promise<Wallet> {
    const known = this.open.get(account);
    if (known) return known;
    const wallet = await openWallet({ ...access(this.deployment), mnemonic: MNEMONIC, account });
    this.open.set(account, wallet);
    return wallet;
  }

  /** Gives coins to those of them who have few, in one transaction. */
  async provide(accounts: readonly number[]): Promise<void> {
    const denom = this.deployment.fee_denom;
    const poor: string[] = [];
    for (const account of accounts) {
      const wallet = await this.person(account);
      if ((await wallet.balance(denom)) < LITTLE) poor.push(wallet.address);
    }
    if (poor.length === 0) return;
    const gift = (toAddress: string) => ({
      typeUrl: "/cosmos.bank.v1beta1.MsgSend",
      value: { fromAddress: this.faucet.address, toAddress, amount: [{ denom, amount: String(GIFT) }] },
    });
    await this.faucet.transact(poor.map(gift));
  }
}

function access(deployment: Deployment) {
  return {
    rpc: deployment.rpc[0] as string,
    prefix: deployment.bech32_prefix,
    gasPrice: `${deployment.gas_price}${deployment.fee_denom}`,
  };
}
