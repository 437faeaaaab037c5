// What scripts/deploy is told, checked before anything is sent.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { GasPrice } from "@cosmjs/stargate";

export const USAGE = `usage:
  scripts/deploy --local NET_JSON --out FILE [option …]      on a chain of scripts/localnet/start
  scripts/deploy --rpc URL --gas-price 0.025uatom --prefix cosmos --out FILE [option …]

The key: MUSTER_DEPLOY_MNEMONIC in the environment, or a file. A local chain's faucet pays there.

  --rpc URL            the chain's RPC; several may be given, the first one is used here
  --key-file FILE      a file that holds the mnemonic and nothing else
  --chain-id ID        end if the RPC belongs to another chain
  --gas-price PRICE    with its denom, which is also the fee denom
  --prefix PREFIX      of the chain's addresses
  --lcd URL            the chain's REST address, for wallets that don't know the chain
  --denom DENOM        write this denom's name from the bank too; several may be given
  --owner ADDRESS      may change the fee of new causes and the treasury (default: the key's)
  --treasury ADDRESS   where fees go (default: the owner)
  --fee-bps N          fee of new causes on forfeited coins, in hundredths of a percent (default 0)
  --floor-report S     least report window in seconds (default 259200: 3 days; local 5)
  --floor-hold S       least hold of at_trigger in seconds (default 86400: a day; local 2)
  --floor-lock S       least lock of an action with a max in seconds (default 86400: a day; local 2)
  --floor-confirm S    least confirm window in seconds (default 86400: a day; local 2)
  --wasm-admin ADDRESS may replace the code; best a DAO (default: nobody, ever)
  --out FILE           the deployment file
  --replace            write FILE anew though it describes a deployment that still stands`;

/** A wrong command line or environment: the message says it all. */
export class Misuse extends Error {}

/** Everything a deployment needs to know. */
export interface Options {
  rpc: string[];
  lcd: string | null;
  chainId: string | null;
  prefix: string;
  gasPrice: GasPrice;
  mnemonic: string;
  /** The worthless key that a local chain's pages draw from; null on every other chain. */
  faucetMnemonic: string | null;
  denoms: string[];
  owner: string | null;
  treasury: string | null;
  wasmAdmin: string | null;
  feeBps: number;
  /** In seconds. */
  floors: { report: number; hold: number; lock: number; confirm: number };
  out: string;
  replace: boolean;
}

/** What scripts/localnet/start writes, as far as it is of use here. */
interface Net {
  rpc: string;
  lcd: string;
  chain_id: string;
  faucet_mnemonic: string;
}

// The shell changes folder before this program starts; what a person named is relative to theirs.
const path = (name: string): string => resolve(process.env["CALLED_FROM"] ?? ".", name);

/** Reads the command line; null when only help was asked for. */
export function readOptions(args: string[]): Options | null {
  const { values } = parsed(args);
  if (values.help) return null;
  const net = values.local === undefined ? null : readNet(path(values.local));
  const rpc = values.rpc ?? (net ? [net.rpc] : []);
  if (rpc.length === 0) throw new Misuse("--rpc URL or --local NET_JSON is required");
  const out = values.out;
  if (out === undefined) throw new Misuse("--out FILE is required");
  const prefix = values.prefix ?? (net ? "wasm" : undefined);
  if (prefix === undefined) throw new Misuse("--prefix is required");
  return {
    rpc,
    lcd: values.lcd ?? net?.lcd ?? null,
    chainId: values["chain-id"] ?? net?.chain_id ?? null,
    prefix,
    gasPrice: gasPrice(values["gas-price"] ?? (net ? "0.025umust" : undefined)),
    mnemonic: mnemonic(values["key-file"], net),
    faucetMnemonic: net?.faucet_mnemonic ?? null,
    denoms: values.denom ?? (net ? ["ueuro"] : []),
    owner: values.owner ?? null,
    treasury: values.treasury ?? null,
    wasmAdmin: values["wasm-admin"] ?? null,
    feeBps: whole("--fee-bps", values["fee-bps"] ?? "0", 0),
    floors: {
      report: whole("--floor-report", values["floor-report"] ?? (net ? "5" : "259200"), 1),
      hold: whole("--floor-hold", values["floor-hold"] ?? (net ? "2" : "86400"), 1),
      lock: whole("--floor-lock", values["floor-lock"] ?? (net ? "2" : "86400"), 1),
      confirm: whole("--floor-confirm", values["floor-confirm"] ?? (net ? "2" : "86400"), 1),
    },
    out: path(out),
    replace: values.replace ?? false,
  };
}

function parsed(args: string[]) {
  const text = { type: "string" } as const;
  const many = { type: "string", multiple: true } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args,
      options: {
        rpc: many,
        denom: many,
        local: text,
        lcd: text,
        "key-file": text,
        "chain-id": text,
        "gas-price": text,
        prefix: text,
        owner: text,
        treasury: text,
        "fee-bps": text,
        "floor-report": text,
        "floor-hold": text,
        "floor-lock": text,
        "floor-confirm": text,
        "wasm-admin": text,
        out: text,
        replace: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
}

function readNet(file: string): Net {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Net;
  } catch (error) {
    throw new Misuse(`--local ${file}: ${(error as Error).message}`);
  }
}

function gasPrice(text: string | undefined): GasPrice {
  if (text === undefined) throw new Misuse("--gas-price is required, e.g. 0.025uatom");
  try {
    return GasPrice.fromString(text);
  } catch (error) {
    throw new Misuse(`--gas-price ${text}: ${(error as Error).message}`);
  }
}

function mnemonic(file: string | undefined, net: Net | null): string {
  if (file === undefined) {
    const found = process.env["MUSTER_DEPLOY_MNEMONIC"] || net?.faucet_mnemonic;
    if (!found) throw new Misuse("a key is required: --key-file FILE, or MUSTER_DEPLOY_MNEMONIC in the environment");
    return found.trim();
  }
  try {
    if (statSync(path(file)).mode & 0o077) console.error(`warning: others on this machine may read ${file}; chmod 600 it`);
    return readFileSync(path(file), "utf8").trim();
  } catch (error) {
    throw new Misuse(`--key-file: ${(error as Error).message}`);
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new Misuse(`${name}: found ${text}, allowed are whole numbers from ${least}`);
  return value;
}
