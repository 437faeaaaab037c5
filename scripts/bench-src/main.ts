// Measures on a local chain that scripts/bench started. Started by scripts/bench.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { openWallet } from "../lib/chain.js";
import type { Wallet, WalletOptions } from "../lib/chain.js";
import { NOTHING, NOTHING_WITH_COINS, gas } from "./gas.js";
import type { Row } from "./gas.js";
import { indexer } from "./indexer.js";
import type { Line } from "./indexer.js";

/** The chain that is measured on. */
export interface Bench {
  rpc: string;
  faucet: Wallet;
  access: WalletOptions;
  /** A folder for files of this run. */
  folder: string;
  /** Progress, for people. */
  say(text: string): void;
}

/** What the project wants of the hot path. */
const PLEDGE_GOAL = 130_000;
const THRESHOLD_GOAL = 6_000;
/** And of what moves coins: so much more than an execute that does nothing, with the coins that come along. */
const ABOVE_GOALS: readonly (readonly [message: string, nothing: string, goal: number])[] = [
  ["pledge, with a stake", NOTHING_WITH_COINS, 15_000],
  ["pledge_coins", NOTHING_WITH_COINS, 15_000],
  ["withdraw, with a stake", NOTHING, 33_000],
  ["withdraw, coins", NOTHING, 33_000],
  ["settle", NOTHING, 33_000],
  ["claim, stake and share", NOTHING, 33_000],
  ["claim, stake back from a cancelled cause", NOTHING, 33_000],
];
/** Of the whole message: one action and 500 bytes of text. */
const CREATE_GOAL = 190_000;
const RELAYED_GOAL = 10_000;
/** And of the indexer: times a mere download, and milliseconds. */
const RATIO_GOAL = 1.5;
const FRESH_GOAL = 20;

async function open(netFile: string, folder: string): Promise<Bench> {
  const net = JSON.parse(readFileSync(netFile, "utf8")) as { rpc: string; faucet_mnemonic: string };
  const access = { rpc: net.rpc, prefix: "wasm", gasPrice: "0.025umust" };
  const faucet = await openWallet({ ...access, mnemonic: net.faucet_mnemonic });
  return { rpc: net.rpc, faucet, access, folder, say: (text) => console.error(text) };
}

function table(rows: readonly Row[], sizes: readonly number[]): void {
  const bytes = Math.max(...rows.map((row) => row.wasm_bytes));
  console.log(`| \`causes\` (${bytes} bytes) | ${sizes.map((size) => `gas at ${size}`).join(" | ")} |`);
  console.log(`|---${"|---:".repeat(sizes.length)}|`);
  for (const message of new Set(rows.map((row) => row.message))) {
    const cells = sizes.map((size) => rows.find((row) => row.message === message && row.pledges === size)?.gas ?? "");
    console.log(`| ${message} | ${cells.map((cell) => cell.toLocaleString("en")).join(" | ")} |`);
  }
}

/** What is missed of the goals, in words. */
function missed(rows: readonly Row[]): string[] {
  const found: string[] = [];
  const all = (message: string): Row[] => {
    const those = rows.filter((row) => row.message === message);
    if (those.length === 0) found.push(`${message} has a goal and wasn't measured`);
    return those;
  };
  for (const plain of all("pledge")) {
    const { gas: used, pledges } = plain;
    if (used > PLEDGE_GOAL) found.push(`a default pledge at ${pledges} costs ${used} gas, allowed are ${PLEDGE_GOAL}`);
    const above = all("pledge, threshold above the goal").find((row) => row.pledges === pledges)?.gas ?? 0;
    if (above - used > THRESHOLD_GOAL) {
      found.push(`a threshold above the goal at ${pledges} costs ${above - used} gas more, allowed are ${THRESHOLD_GOAL}`);
    }
  }
  for (const [message, nothing, goal] of ABOVE_GOALS) {
    for (const { gas: used, pledges } of all(message)) {
      const base = all(nothing).find((row) => row.pledges === pledges)?.gas ?? 0;
      if (used - base > goal) found.push(`${message} at ${pledges} costs ${used - base} gas above ${nothing}, allowed are ${goal}`);
    }
  }
  const most = (message: string, goal: number) => {
    for (const { gas: used, pledges } of all(message)) {
      if (used > goal) found.push(`${message} at ${pledges} costs ${used} gas, allowed are ${goal}`);
    }
  };
  most("create_cause, one action", CREATE_GOAL);
  most("relay, each of 100 pledges", RELAYED_GOAL);
  return found;
}

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name}: found ${text}, allowed are whole numbers from 1`);
  return value;
};

async function measureGas(bench: Bench, sizes: readonly number[], json: boolean): Promise<string[]> {
  const rows: Row[] = [];
  await gas(bench, sizes, (row) => {
    rows.push(row);
    if (json) console.log(JSON.stringify(row));
  });
  if (!json) table(rows, sizes);
  return missed(rows);
}

async function measureIndexer(bench: Bench, binary: string, blocks: number, json: boolean): Promise<string[]> {
  const found: string[] = [];
  await indexer(bench, { blocks, binary, runs: 5, samples: 200 }, (line: Line) => {
    console.log(json ? JSON.stringify(line) : Object.entries(line).map(([key, value]) => `${key} ${value}`).join(", "));
    if (line.bench === "catch-up" && line.ratio > RATIO_GOAL) {
      found.push(`catching up takes ${line.ratio} times a mere download, allowed is ${RATIO_GOAL}`);
    }
    if (line.bench === "freshness" && line.median_ms > FRESH_GOAL) {
      found.push(`a watcher sees a block after ${line.median_ms} ms, allowed are ${FRESH_GOAL}`);
    }
  });
  return found;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      net: { type: "string" },
      folder: { type: "string" },
      binary: { type: "string", default: "" },
      pledges: { type: "string", default: "1,10000" },
      blocks: { type: "string", default: "1000" },
    },
  });
  if (!values.net || !values.folder) throw new Error("scripts/bench starts this");
  const { json, binary } = values;
  const sizes = values.pledges.split(",").map((size) => whole("--pledges", size));
  const blocks = whole("--blocks", values.blocks);
  const bench = await open(values.net, values.folder);
  const found = positionals[0] === "gas" ? await measureGas(bench, sizes, json) : await measureIndexer(bench, binary, blocks, json);
  for (const text of found) console.error(`error: ${text}`);
  if (found.length > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  })
  // Sockets to the node stay open for its lifetime otherwise.
  .finally(() => process.exit());
