// Sends coins from a local chain's faucet: node --import tsx fund.ts NET_JSON ADDRESS COINS
import { readFileSync } from "node:fs";

import { parseCoins } from "@cosmjs/stargate";

import { openWallet } from "../lib/chain.js";

const [file, address, coins] = process.argv.slice(2) as [string, string, string];
const net = JSON.parse(readFileSync(file, "utf8"));
try {
  const faucet = await openWallet({
    rpc: net.rpc,
    mnemonic: net.faucet_mnemonic,
    prefix: "wasm",
    gasPrice: "0.025umust",
  });
  const result = await faucet.send(address, parseCoins(coins));
  console.error(`sent ${coins} to ${address} in block ${result.height}`);
  faucet.disconnect();
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}
