// The chain's own application without its consensus: whoever speaks ABCI to it makes the blocks, and
// says what time it is in each. (CometBFT 0.38, socket: varint length and protobuf, answers in order.)
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type Socket, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BinaryReader, BinaryWriter } from "cosmjs-types/binary";
import { Request, Response, type ExecTxResult } from "cosmjs-types/tendermint/abci/types";
import { freePort } from "./stack.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const localnet = join(root, "scripts/localnet");

/** What a block's transactions find in the genesis: an account with coins, numbered in this order. */
export interface Account {
  address: string;
  coins: readonly { denom: string; amount: string }[];
}

interface Genesis {
  app_state: {
    auth: { accounts: { address?: string; account_number?: string }[] };
    bank: { balances: Account[]; supply: unknown[] };
  };
  consensus: { params: { block: { max_bytes: string } } };
}

const moment = (time: number) => ({ seconds: BigInt(time), nanos: 0 });

/** One application, in a folder of its own. */
export class Application {
  private waiting: ((answer: Response) => void)[] = [];
  private buffer = new Uint8Array();
  private height = 0n;

  private constructor(
    private readonly home: string,
    private readonly process: ChildProcess,
    private readonly socket: Socket,
    readonly chainId: string,
    /** The number of the first of the accounts. */
    readonly firstAccount: number,
  ) {
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.receive(bytes));
  }

  /** Starts it at a second, with these accounts in its genesis. */
  static async start(time: number, accounts: readonly Account[]): Promise<Application> {
    await run(join(localnet, "build"));
    const home = await mkdtemp(join(tmpdir(), "muster-app-"));
    await run(join(localnet, "start"), ["--home", home, "--only-genesis"]);
    const node = join(home, "node");
    const genesis = JSON.parse(await readFile(join(node, "config/genesis.json"), "utf8")) as Genesis & { chain_id: string };
    const { auth, bank } = genesis.app_state;
    const first = auth.accounts.length;
    for (const [i, { address }] of accounts.entries()) {
      const account = { "@type": "/cosmos.auth.v1beta1.BaseAccount", address, account_number: String(first + i), sequence: "0" };
      auth.accounts.push({ ...account, pub_key: null } as (typeof auth.accounts)[number]);
    }
    bank.balances.push(...accounts);
    bank.supply = []; // is counted
    const port = await freePort();
    const wasmd = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "localnet/wasmd");
    const args = ["start", "--home", node, "--with-comet=false", "--transport", "socket", "--address", `tcp://127.0.0.1:${port}`];
    const child = spawn(wasmd, [...args, "--minimum-gas-prices", "0umust", "--log_level", "error"], { stdio: "ignore" });
    const stop = async () => {
      child.kill("SIGKILL");
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    };
    try {
      const socket = await reach(port, child);
      const app = new Application(home, child, socket, genesis.chain_id, first);
      await app.ask({
        initChain: {
          time: moment(time),
          chainId: genesis.chain_id,
          consensusParams: {
            // Whatever a transaction costs, it fits.
            block: { maxBytes: BigInt(genesis.consensus.params.block.max_bytes), maxGas: -1n },
            evidence: { maxAgeNumBlocks: 100_000n, maxAgeDuration: { seconds: 172_800n, nanos: 0 }, maxBytes: 1_048_576n },
            validator: { pubKeyTypes: ["ed25519"] },
          },
          validators: [],
          appStateBytes: new TextEncoder().encode(JSON.stringify(genesis.app_state)),
          initialHeight: 1n,
        },
      });
      return app;
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** Makes one block. */
  async block(time: number, txs: readonly Uint8Array[]): Promise<ExecTxResult[]> {
    this.height += 1n;
    const none = new Uint8Array();
    const answer = await this.ask({
      finalizeBlock: {
        txs: [...txs],
        decidedLastCommit: { round: 0, votes: [] },
        misbehavior: [],
        hash: none,
        height: this.height,
        time: moment(time),
        nextValidatorsHash: none,
        proposerAddress: none,
      },
    });
    await this.ask({ commit: {} });
    assert.ok(answer.finalizeBlock, "a block has results");
    return answer.finalizeBlock.txResults;
  }

  /** Asks a gRPC question of the state after the last block. */
  async query(path: string, data: Uint8Array): Promise<Uint8Array> {
    const { query } = await this.ask({ query: { data, path, height: 0n, prove: false } });
    assert.ok(query, "a question has an answer");
    assert.equal(query.code, 0, query.log);
    return query.value;
  }

  async stop(): Promise<void> {
    this.socket.destroy();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill("SIGTERM");
      await ended;
    }
    await rm(this.home, { recursive: true, force: true });
  }

  private async ask(request: Partial<Request>): Promise<Response> {
    const answer = new Promise<Response>((resolve) => this.waiting.push(resolve));
    const flushed = new Promise<Response>((resolve) => this.waiting.push(resolve));
    // It answers when it is told to.
    for (const one of [request, { flush: {} }]) {
      const frame = BinaryWriter.create().bytes(Request.encode(Request.fromPartial(one)).finish());
      this.socket.write(frame.finish());
    }
    await flushed;
    const found = await answer;
    if (found.exception) throw new Error(found.exception.error);
    return found;
  }

  private receive(bytes: Uint8Array): void {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      const reader = new BinaryReader(this.buffer);
      let length: number;
      try {
        length = reader.uint32();
      } catch {
        return; // not even the length is here
      }
      const end = reader.pos + length;
      if (this.buffer.length < end) return;
      const answer = Response.decode(this.buffer.subarray(reader.pos, end));
      this.buffer = this.buffer.subarray(end);
      this.waiting.shift()?.(answer);
    }
  }
}

/** Connects once it listens. */
async function reach(port: number, child: ChildProcess): Promise<Socket> {
  const end = Date.now() + 30_000;
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      socket.destroy();
      if (child.exitCode !== null || Date.now() > end) throw new Error(`the application doesn't listen: ${String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
