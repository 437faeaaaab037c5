// The indexer beside a client that only downloads the same heights, and how soon a watcher sees a
// pledge after the node has published its block.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

import { Comet38Client } from "@cosmjs/tendermint-rpc";

import { attribute, chainTime, openWallet, sleep } from "../lib/chain.js";
import { Crowd, rpcCall } from "./crowd.js";
import type { Bench } from "./main.js";

/** What is measured how often and by what. */
export interface Plan {
  /** Heights of the history that is caught up with. */
  blocks: number;
  /** The `muster` binary. */
  binary: string;
  /** Catch-ups and downloads, one after the other; the medians are told. */
  runs: number;
  /** Pledges whose freshness is measured. */
  samples: number;
}

/** Two lines: what was measured, with its goal. */
export type Line =
  | { bench: "catch-up"; heights: number; pledges: number; seconds: number; download_seconds: number; ratio: number }
  | { bench: "freshness"; pledges: number; median_ms: number; p99_ms: number };

/** Transactions that are sent for each block of the history's first part. */
const A_BLOCK = 8;
const GAS = 200_000;
/** Heights at a time, as many as the indexer has. */
const IN_FLIGHT = 4;
/** Headers that one answer of the node holds at most. */
const HEADERS = 20;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Measures both. */
export async function indexer(bench: Bench, plan: Plan, emit: (line: Line) => void): Promise<void> {
  const deployment = join(bench.folder, "deployment.json");
  const { contracts } = JSON.parse(readFileSync(deployment, "utf8")) as {
    contracts: { causes: { address: string; height: number } };
  };
  const contract = contracts.causes.address;
  const action = await cause(bench, contract);
  const pledge = { contract, message: { pledge: { action } }, funds: [] };

  const gathered = Math.ceil(plan.blocks / 2) * A_BLOCK;
  const crowd = await Crowd.gather("history", gathered, bench.faucet, bench.rpc, { denom: "umust", amount: "20000" });
  for (let i = 0; i < gathered; i += A_BLOCK) {
    await crowd.all([pledge], GAS, i, i + A_BLOCK);
    await nextBlock(bench.rpc);
  }
  const from = contracts.causes.height;
  while ((await height(bench.rpc)) < from + plan.blocks) await nextBlock(bench.rpc);
  const to = from + plan.blocks - 1;
  bench.say(`a history of ${plan.blocks} blocks with ${gathered} pledges`);

  const [caughtUp, downloaded]: [number[], number[]] = [[], []];
  for (let i = 0; i < plan.runs; i += 1) {
    downloaded.push(await download(bench.rpc, from, to));
    caughtUp.push(await catchUp(plan.binary, deployment, join(bench.folder, `run-${i}.db`), to));
  }
  const [seconds, download_seconds] = [median(caughtUp), median(downloaded)];
  emit({
    bench: "catch-up",
    heights: plan.blocks,
    pledges: gathered,
    seconds: round(seconds, 2),
    download_seconds: round(download_seconds, 2),
    ratio: round(seconds / download_seconds, 2),
  });

  const after = await freshness(bench, plan, deployment, action, contract);
  const ordered = [...after].sort((a, b) => a - b);
  const p99 = ordered[Math.min(ordered.length - 1, Math.ceil(ordered.length * 0.99) - 1)] ?? Number.NaN;
  emit({ bench: "freshness", pledges: after.length, median_ms: round(median(after), 1), p99_ms: round(p99, 1) });
}

/** A cause to which one may pledge for an hour; gives its action. */
async function cause(bench: Bench, contract: string): Promise<number> {
  const creator = await openWallet(bench.access);
  await bench.faucet.send(creator.address, [{ denom: "umust", amount: "10000000" }]);
  const create_cause = {
    title: "Leave the overpriced journal",
    summary: "We submit elsewhere from January on.",
    language: "en",
    text: "From January on we neither submit to it nor review for it.",
    cancel: "never",
    actions: [
      {
        label: "Don't submit",
        description: "You submit nothing to it for a year.",
        goal: 1_000_000,
        schedule: { at_close: { pledge_until: (await chainTime(creator)) + 3_600 } },
        act_window: 60,
        report_window: 60,
        fulfilment: { honor: {} },
      },
    ],
  };
  const sent = await creator.execute(contract, { create_cause });
  creator.disconnect();
  return Number(attribute(sent, "wasm-muster_cause_created", "first_action"));
}

async function height(rpc: string): Promise<number> {
  const { sync_info } = await rpcCall<{ sync_info: { latest_block_height: string } }>(rpc, "status");
  return Number(sync_info.latest_block_height);
}

async function nextBlock(rpc: string): Promise<void> {
  const now = await height(rpc);
  while ((await height(rpc)) === now) await sleep(10);
}

/**
 * Downloads what the indexer reads of these heights as fast as may be, and forgets it: headers,
 * results, and the transactions of the blocks that have any.
 */
async function download(rpc: string, from: number, to: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * IN_FLIGHT });
  const began = performance.now();
  const pages = Array.from({ length: Math.ceil((to - from + 1) / HEADERS) }, (_, i) => from + i * HEADERS);
  const busy: { height: number; txs: boolean }[] = [];
  await each(pages, async (first) => {
    const params = { minHeight: String(first), maxHeight: String(Math.min(first + HEADERS - 1, to)) };
    const { result } = JSON.parse(await post(rpc, agent, "blockchain", params));
    for (const meta of result.block_metas) busy.push({ height: Number(meta.header.height), txs: meta.num_txs !== "0" });
  });
  await each(busy, async ({ height, txs }) => {
    const params = { height: String(height) };
    const results = post(rpc, agent, "block_results", params);
    await Promise.all(txs ? [results, post(rpc, agent, "block", params)] : [results]);
  });
  agent.destroy();
  return (performance.now() - began) / 1000;
}

/** Does that for all, so many at a time. */
async function each<T>(all: readonly T[], what: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await what(one);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

async function post(rpc: string, agent: Agent, method: string, params: object): Promise<string> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const sent = request(rpc, { method: "POST", agent, headers });
  sent.end(body);
  const [response] = await once(sent, "response");
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** The whole life of the process, from its start to the last height in its database. */
async function catchUp(binary: string, deployment: string, file: string, to: number): Promise<number> {
  const args = ["run", "--deployment", deployment, "--db", `sqlite://${file}`, "--until", String(to)];
  const began = performance.now();
  await promisify(execFile)(binary, [...args, "--listen", `127.0.0.1:${await freePort()}`]);
  return (performance.now() - began) / 1000;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** For one pledge a block: milliseconds from the node's word of its block to the watcher's. */
async function freshness(bench: Bench, plan: Plan, deployment: string, action: number, contract: string): Promise<number[]> {
  const port = await freePort();
  const db = `sqlite://${join(bench.folder, "watched.db")}`;
  const args = ["run", "--deployment", deployment, "--db", db, "--listen", `127.0.0.1:${port}`];
  const muster = spawn(plan.binary, args, { stdio: "ignore" });
  const stop = new AbortController();
  try {
    await ready(muster, port);
    const crowd = await Crowd.gather("watched", plan.samples, bench.faucet, bench.rpc, { denom: "umust", amount: "20000" });
    const published = new Map<number, number>();
    const comet = await Comet38Client.connect(bench.rpc.replace("http", "ws"));
    const blocks = comet.subscribeNewBlock().subscribe({
      next: ({ header }) => published.set(header.height, performance.now()),
    });
    const seen = new Map<number, number>();
    const watching = watch(port, stop.signal, (height) => seen.has(height) || seen.set(height, performance.now()));
    for (let i = 0; i < plan.samples; i += 1) {
      await crowd.all([{ contract, message: { pledge: { action } }, funds: [] }], GAS, i, i + 1);
      const before = seen.size;
      while (seen.size === before) await sleep(2);
    }
    stop.abort();
    await watching;
    blocks.unsubscribe();
    comet.disconnect();
    return [...seen].flatMap(([height, at]) => (published.has(height) ? [at - (published.get(height) as number)] : []));
  } finally {
    stop.abort();
    muster.kill("SIGTERM");
    await once(muster, "exit");
  }
}

async function ready(muster: ChildProcess, port: number): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null))?.ok) {
    if (muster.exitCode !== null) throw new Error(`the indexer ended with ${muster.exitCode}`);
    await sleep(100);
  }
}

/** Tells the height of each change of the only cause, as a page hears it. */
async function watch(port: number, signal: AbortSignal, heard: (height: number) => void): Promise<void> {
  try {
    const { body } = await fetch(`http://127.0.0.1:${port}/v1/causes/1/events`, { signal });
    let text = "";
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events.filter((one) => /^event: delta$/m.test(one))) {
        heard(JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "{}").view.height);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
