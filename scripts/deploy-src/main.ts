// Stores and instantiates the contracts, and writes the deployment file. Started by scripts/deploy.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { openWallet } from "../lib/chain.js";
import type { Wallet } from "../lib/chain.js";
import { ChainReader } from "./chain.js";
import type { Denom } from "./chain.js";
import { Misuse, readOptions, USAGE } from "./options.js";
import type { Options } from "./options.js";

/** The file that the indexer reads. */
interface Deployment {
  chain_id: string;
  bech32_prefix: string;
  rpc: string[];
  fee_denom: string;
  /** Decimal, in `fee_denom` per gas. */
  gas_price: string;
  local: boolean;
  faucet: { mnemonic: string } | null;
  lcd: string | null;
  denoms: Denom[];
  contracts: { causes: Deployed };
}

interface Deployed {
  address: string;
  code_id: number;
  checksum: string;
  /** The block of its instantiation: an indexer needs nothing before it. */
  height: number;
}

const artifact = fileURLToPath(new URL("../../artifacts/causes.wasm", import.meta.url));

function readArtifact(): { wasm: Uint8Array; checksum: string } {
  if (!existsSync(artifact)) throw new Misuse("artifacts/causes.wasm isn't there; run scripts/build-contracts first");
  const wasm = readFileSync(artifact);
  return { wasm, checksum: createHash("sha256").update(wasm).digest("hex") };
}

/** The contract that the file describes, if it still stands on this chain. */
async function standing(options: Options, chainId: string, chain: ChainReader, checksum: string): Promise<Deployed | null> {
  if (options.replace || !existsSync(options.out)) return null;
  let old: Deployment;
  try {
    old = JSON.parse(readFileSync(options.out, "utf8")) as Deployment;
  } catch (error) {
    throw new Misuse(`${options.out} is no deployment file (${(error as Error).message}); --replace writes it anew`);
  }
  if (old.chain_id !== chainId) {
    throw new Misuse(`${options.out} describes a deployment on ${old.chain_id}, not on ${chainId}; --replace writes it anew`);
  }
  const found = await chain.contract(old.contracts.causes.address);
  // A local chain may have been begun anew under the same name.
  if (!found && options.faucetMnemonic !== null) return null;
  if (!found) {
    throw new Misuse(`${old.contracts.causes.address} of ${options.out} isn't on ${chainId}; --replace writes it anew`);
  }
  if (found.checksum !== checksum) {
    console.error(`note: the causes contract that stands runs other code (${found.checksum.slice(0, 12)}…) than artifacts/; it is kept`);
  }
  return { ...old.contracts.causes, code_id: found.codeId, checksum: found.checksum };
}

async function deploy(options: Options, wallet: Wallet, chain: ChainReader): Promise<Deployed> {
  const { wasm, checksum } = readArtifact();
  const reused = await chain.codeWith(checksum);
  const codeId = reused ?? (await wallet.upload(wasm, checksum));
  console.error(`causes: ${reused === null ? "stored as" : "already stored as"} code ${codeId}`);
  const owner = options.owner ?? wallet.address;
  const message = {
    owner,
    treasury: options.treasury ?? owner,
    fee_bps: options.feeBps,
    floors: options.floors,
  };
  const made = await wallet.instantiate(codeId, message, "muster causes", options.wasmAdmin ?? undefined);
  console.error(`causes: instantiated as ${made.address} in block ${made.height}`);
  return { address: made.address, code_id: codeId, checksum, height: made.height };
}

function write(file: string, deployment: Deployment): void {
  mkdirSync(dirname(file), { recursive: true });
  // In one step, so that a reader never sees half a file.
  writeFileSync(`${file}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) return console.log(USAGE);
  const rpc = options.rpc[0] as string;
  const gasPrice = options.gasPrice.toString();
  const feeDenom = options.gasPrice.denom;
  const { checksum } = readArtifact();
  const chain = await ChainReader.connect(rpc).catch((error: Error) => {
    throw new Error(`no chain answers at ${rpc}: ${error.message}`, { cause: error.cause });
  });
  const wallet = await openWallet({ rpc, prefix: options.prefix, gasPrice, mnemonic: options.mnemonic });
  try {
    const chainId = await wallet.client.getChainId();
    if (options.chainId !== null && options.chainId !== chainId) {
      throw new Misuse(`${rpc} belongs to ${chainId}, not to ${options.chainId}`);
    }
    const kept = await standing(options, chainId, chain, checksum);
    if (kept) console.error(`causes: already stands at ${kept.address}`);
    const causes = kept ?? (await deploy(options, wallet, chain));
    const denoms = [...new Set([feeDenom, ...options.denoms])];
    write(options.out, {
      chain_id: chainId,
      bech32_prefix: options.prefix,
      rpc: options.rpc,
      fee_denom: feeDenom,
      gas_price: options.gasPrice.amount.toString(),
      local: options.faucetMnemonic !== null,
      faucet: options.faucetMnemonic === null ? null : { mnemonic: options.faucetMnemonic },
      lcd: options.lcd,
      denoms: await Promise.all(denoms.map((denom) => chain.denom(denom))),
      contracts: { causes },
    });
    console.error(`deployment file: ${options.out}`);
  } finally {
    wallet.disconnect();
    chain.disconnect();
  }
}

main().catch((error: unknown) => {
  const cause = (error as { cause?: { message?: string } }).cause?.message;
  const text = error instanceof Error ? error.message : String(error);
  console.error(`error: ${text}${cause ? ` (${cause})` : ""}`);
  if (error instanceof Misuse) console.error("scripts/deploy --help lists what it takes");
  process.exitCode = 1;
});
