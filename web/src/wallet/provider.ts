// Wallets of any make: whatever in this window has the shape of Keplr's interface.
import type { ChainInfo } from "../types.js";

/** A key as a wallet tells it. */
export interface Key {
  name?: string;
  algo?: string;
  pubKey: Uint8Array;
  bech32Address: string;
  isNanoLedger?: boolean;
  isKeystone?: boolean;
}

export interface DirectDoc {
  bodyBytes: Uint8Array;
  authInfoBytes: Uint8Array;
  chainId: string;
  accountNumber: bigint;
}

export interface AminoDoc {
  chain_id: string;
  account_number: string;
  sequence: string;
  fee: { amount: { denom: string; amount: string }[]; gas: string };
  msgs: { type: string; value: unknown }[];
  memo: string;
}

/** Base64, as all of them answer. */
export interface Signature {
  signature: string;
}

export interface SignOptions {
  preferNoSetFee?: boolean;
  preferNoSetMemo?: boolean;
}

/** What of Keplr's interface is used here. */
export interface Provider {
  enable(chainId: string): Promise<unknown>;
  getKey(chainId: string): Promise<Key>;
  signDirect?(
    chainId: string,
    signer: string,
    doc: DirectDoc,
    options?: SignOptions,
  ): Promise<{ signed: { bodyBytes: Uint8Array; authInfoBytes: Uint8Array }; signature: Signature }>;
  signAmino?(
    chainId: string,
    signer: string,
    doc: AminoDoc,
    options?: SignOptions,
  ): Promise<{ signed: AminoDoc; signature: Signature }>;
  experimentalSuggestChain?(chain: unknown): Promise<unknown>;
}

export interface Found {
  /** Where it was found: `keplr`, `leap`. Kept, to find it again. */
  id: string;
  provider: Provider;
}

function isProvider(value: unknown): value is Provider {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: string): boolean => typeof (value as Record<string, unknown>)[name] === "function";
  return has("enable") && has("getKey") && (has("signDirect") || has("signAmino"));
}

// Names that are known come first; any other of the shape is found as well.
const KNOWN = ["keplr", "leap", "cosmostation", "station", "xfi", "okxwallet", "coin98", "vectis", "fin"];

function inside(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const { providers, keplr, cosmos } = value as Record<string, unknown>;
  const nested = typeof providers === "object" && providers !== null ? (providers as Record<string, unknown>).keplr : null;
  return [value, nested, keplr, cosmos];
}

/** Every wallet of this window, each once. */
export function findProviders(host: object = window): Found[] {
  const seen = new Set<unknown>();
  const found: Found[] = [];
  const read = (name: string): unknown =>
    KNOWN.includes(name)
      ? (host as Record<string, unknown>)[name]
      : // Of names that nobody knows only plain values: the browser's own getters warn when they are read.
        Object.getOwnPropertyDescriptor(host, name)?.value;
  for (const id of new Set([...KNOWN, ...Object.keys(host)])) {
    try {
      const provider = inside(read(id)).find(isProvider);
      if (provider && !seen.has(provider)) {
        seen.add(provider);
        found.push({ id, provider });
      }
    } catch {
      // A frame of another origin, or a getter that throws: no wallet.
    }
  }
  return found;
}

/** What a wallet needs to add a local chain that it has never heard of. */
export function suggestion(info: ChainInfo): unknown {
  const prefix = info.bech32_prefix;
  const currencies = info.denoms.map((d) => ({
    coinDenom: d.symbol,
    coinMinimalDenom: d.denom,
    coinDecimals: d.exponent,
  }));
  const fee = currencies.find((c) => c.coinMinimalDenom === info.fee_denom) ?? {
    coinDenom: info.fee_denom,
    coinMinimalDenom: info.fee_denom,
    coinDecimals: 0,
  };
  const price = Number(info.gas_price);
  return {
    chainId: info.chain_id,
    chainName: `Muster local chain (${info.chain_id})`,
    // Transactions go through this site; wallets only ask for balances, which the LCD has.
    rpc: info.lcd,
    rest: info.lcd,
    bip44: { coinType: 118 },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies,
    feeCurrencies: [{ ...fee, gasPriceStep: { low: price, average: price, high: price } }],
    stakeCurrency: fee,
  };
}
