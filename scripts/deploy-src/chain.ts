// What scripts/deploy asks a chain before it sends anything.
import { setupWasmExtension } from "@cosmjs/cosmwasm";
import { toHex } from "@cosmjs/encoding";
import { QueryClient, setupBankExtension } from "@cosmjs/stargate";
import { connectComet } from "@cosmjs/tendermint-rpc";

/** How a coin is called, as the chain's bank tells it. */
export interface Denom {
  denom: string;
  symbol: string;
  display: string;
  /** How many decimal places of `display` one unit of `denom` is. */
  exponent: number;
  description: string;
}

/** A contract that stands on a chain, with the code it runs. */
export interface Standing {
  codeId: number;
  /** SHA-256 of its wasm, in hex. */
  checksum: string;
}

// AccessType of the wasm module: everybody may instantiate this code.
const EVERYBODY = 3;

/** Reads what the signing client doesn't tell. */
export class ChainReader {
  private constructor(private readonly query: ReturnType<typeof extended>, private readonly close: () => void) {}

  static async connect(rpc: string): Promise<ChainReader> {
    const comet = await connectComet(rpc);
    return new ChainReader(extended(comet), () => comet.disconnect());
  }

  /** The first code with this checksum that anybody may instantiate. */
  async codeWith(checksum: string): Promise<number | null> {
    for (let key: Uint8Array | undefined; ; ) {
      const { codeInfos, pagination } = await this.query.wasm.listCodeInfo(key);
      const found = codeInfos.find(
        (code) => toHex(code.dataHash) === checksum && Number(code.instantiatePermission?.permission) === EVERYBODY,
      );
      if (found) return Number(found.codeId);
      key = pagination?.nextKey;
      if (!key?.length) return null;
    }
  }

  /** The contract at an address, or null when the chain has none there. */
  async contract(address: string): Promise<Standing | null> {
    try {
      const { contractInfo } = await this.query.wasm.getContractInfo(address);
      if (!contractInfo) return null;
      const { codeInfo } = await this.query.wasm.getCode(Number(contractInfo.codeId));
      return { codeId: Number(contractInfo.codeId), checksum: toHex(codeInfo?.dataHash ?? new Uint8Array()) };
    } catch (error) {
      if (/no such contract|not found/i.test(String(error))) return null;
      throw error;
    }
  }

  /** A denom's name; one that the bank doesn't know is called by itself, without decimal places. */
  async denom(denom: string): Promise<Denom> {
    try {
      const found = await this.query.bank.denomMetadata(denom);
      const display = found.display || denom;
      const exponent = found.denomUnits.find((unit) => unit.denom === display)?.exponent ?? 0;
      return { denom, symbol: found.symbol || display, display, exponent, description: found.description };
    } catch (error) {
      if (!/not found|no metadata|not find/i.test(String(error))) throw error;
      return { denom, symbol: denom, display: denom, exponent: 0, description: "" };
    }
  }

  disconnect(): void {
    this.close();
  }
}

function extended(comet: Awaited<ReturnType<typeof connectComet>>) {
  return QueryClient.withExtensions(comet, setupWasmExtension, setupBankExtension);
}
