// Messages as the chain takes them: protobuf for the transaction, JSON for a Ledger's screen.
import type { Coin } from "../types.js";
import { utf8 } from "./bytes.js";
import { executeContract } from "./wire.js";

/** One message of a transaction. */
export interface Message {
  typeUrl: string;
  value: Uint8Array;
  amino: { type: string; value: unknown };
}

/** What the contract is asked to do, with the coins that go along. */
export interface Ask {
  msg: Record<string, unknown>;
  funds: Coin[];
}

/** A message to a contract. */
export function execute(sender: string, contract: string, ask: Ask): Message {
  // The chain refuses coins in any other order than their denoms' own.
  const funds = [...ask.funds].sort((a, b) => (a.denom < b.denom ? -1 : 1));
  const msg = utf8(JSON.stringify(ask.msg));
  return {
    typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract",
    value: executeContract(sender, contract, msg, funds),
    amino: { type: "wasm/MsgExecuteContract", value: { sender, contract, msg: ask.msg, funds } },
  };
}
