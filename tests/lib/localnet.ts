// A real chain for one test: its own folder, free ports, stopped with the test.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const scripts = fileURLToPath(new URL("../../scripts/localnet/", import.meta.url));

/** A running local chain. */
export interface Localnet {
  rpc: string;
  lcd: string;
  chainId: string;
  faucetMnemonic: string;
  home: string;
  pid: number;
  /** Sends coins from the faucet, e.g. `5000000umust`. */
  fund(address: string, coins: string): Promise<void>;
  /** Ends the node; a home that the caller named keeps its state. */
  stop(): Promise<void>;
}

/** Starts a chain, in a temporary folder if none is named. Several may run at once. */
export async function startLocalnet(
  options: { home?: string; timeoutCommit?: string } = {},
): Promise<Localnet> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "muster-chain-")));
  const end = async () => {
    await run(join(scripts, "stop"), ["--home", home]);
    if (!options.home) await rm(home, { recursive: true, force: true });
  };
  try {
    await run(join(scripts, "build"));
    await run(join(scripts, "start"), ["--home", home, "--timeout-commit", options.timeoutCommit ?? "500ms"]);
  } catch (error) {
    await end(); // it may have begun
    throw error;
  }
  const net = JSON.parse(await readFile(join(home, "net.json"), "utf8"));
  return {
    rpc: net.rpc,
    lcd: net.lcd,
    chainId: net.chain_id,
    faucetMnemonic: net.faucet_mnemonic,
    home,
    pid: net.pid,
    fund: async (address, coins) => {
      await run(join(scripts, "fund"), ["--home", home, address, coins]);
    },
    stop: end,
  };
}
