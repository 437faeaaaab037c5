// A wallet as an extension would put it into pages, with CosmJS wallets behind it.
import { Secp256k1HdWallet } from "@cosmjs/amino";
import type { StdSignDoc } from "@cosmjs/amino";
import { fromHex, toHex } from "@cosmjs/encoding";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import type { BrowserContext, Page } from "playwright-core";

/** What the wallet can do, and what the person at it does. */
export interface Manner {
  /** `amino`: it has no `signDirect`. `ledger`: it has one, but says that the key can't. */
  signs: "direct" | "amino" | "ledger";
  rejects: boolean;
  /** Where pages find it, e.g. `keplr`. */
  name: string;
}

interface DirectAsk {
  body: string;
  auth: string;
  chainId: string;
  account: string;
}

/** One extension in one browser profile. */
export class Extension {
  /** What was signed how, in order. */
  readonly signed: string[] = [];
  /** What `experimentalSuggestChain` was told. */
  readonly suggested: unknown[] = [];

  private constructor(
    readonly manner: Manner,
    private mnemonic: string,
  ) {}

  static async install(context: BrowserContext, mnemonic: string, manner: Partial<Manner> = {}): Promise<Extension> {
    const extension = new Extension({ signs: "direct", rejects: false, name: "keplr", ...manner }, mnemonic);
    const ways: Record<string, (ask: never) => Promise<unknown>> = {
      key: () => extension.key(),
      direct: (ask: DirectAsk) => extension.direct(ask),
      amino: (doc: StdSignDoc) => extension.amino(doc),
      suggest: (chain: unknown) => Promise.resolve(extension.suggested.push(chain)),
    };
    await context.exposeBinding("__extension", async (_source, way: string, ask: unknown) => await ways[way]?.(ask as never));
    // The compiler of these tests marks functions by a helper that a page doesn't have.
    await context.addInitScript("globalThis.__name = (made) => made;");
    await context.addInitScript(inject, { name: extension.manner.name, direct: extension.manner.signs !== "amino" });
    return extension;
  }

  /** Chooses another account, as a person does in the extension's own window. */
  async choose(page: Page, mnemonic: string): Promise<void> {
    this.mnemonic = mnemonic;
    await page.evaluate((name) => window.dispatchEvent(new Event(`${name}_keystorechange`)), this.manner.name);
  }

  private async key(): Promise<object> {
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(this.mnemonic, { prefix: "wasm" });
    const [account] = await wallet.getAccounts();
    return {
      name: "Somebody",
      algo: "secp256k1",
      pubKey: toHex(account?.pubkey ?? new Uint8Array()),
      bech32Address: account?.address,
      isNanoLedger: this.manner.signs === "ledger",
    };
  }

  private refuse(): void {
    if (this.manner.rejects) throw new Error("Request rejected");
  }

  private async direct(ask: DirectAsk): Promise<string> {
    this.refuse();
    if (this.manner.signs !== "direct") throw new Error("a Ledger can't sign direct");
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(this.mnemonic, { prefix: "wasm" });
    const [account] = await wallet.getAccounts();
    const doc = {
      bodyBytes: fromHex(ask.body),
      authInfoBytes: fromHex(ask.auth),
      chainId: ask.chainId,
      accountNumber: BigInt(ask.account),
    };
    const { signature } = await wallet.signDirect(account?.address ?? "", doc);
    this.signed.push("direct");
    return signature.signature;
  }

  private async amino(doc: StdSignDoc): Promise<object> {
    this.refuse();
    const wallet = await Secp256k1HdWallet.fromMnemonic(this.mnemonic, { prefix: "wasm" });
    const [account] = await wallet.getAccounts();
    const done = await wallet.signAmino(account?.address ?? "", doc);
    this.signed.push(`amino ${doc.msgs.map((m) => m.type).join()}`);
    return { signed: done.signed, signature: { signature: done.signature.signature } };
  }
}

/** Runs in the page: the shape of Keplr's interface over one binding. */
function inject({ name, direct }: { name: string; direct: boolean }): void {
  const outside = (way: string, ask: unknown = null): Promise<any> =>
    (window as unknown as { __extension(way: string, ask: unknown): Promise<unknown> }).__extension(way, ask);
  const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const wallet: Record<string, unknown> = {
    enable: () => Promise.resolve(),
    experimentalSuggestChain: (chain: unknown) => outside("suggest", chain),
    getKey: async () => {
      const key = await outside("key");
      const pubKey = Uint8Array.from(key.pubKey.match(/../g), (pair: string) => Number.parseInt(pair, 16));
      return { ...key, pubKey };
    },
    signAmino: (_chain: string, _signer: string, doc: unknown) => outside("amino", doc),
  };
  if (direct) {
    wallet.signDirect = async (
      _chain: string,
      _signer: string,
      doc: { bodyBytes: Uint8Array; authInfoBytes: Uint8Array; chainId: string; accountNumber: bigint },
    ) => {
      const ask = { body: hex(doc.bodyBytes), auth: hex(doc.authInfoBytes), chainId: doc.chainId, account: String(doc.accountNumber) };
      return { signed: doc, signature: { signature: await outside("direct", ask) } };
    };
  }
  Object.defineProperty(window, name, { value: wallet, enumerable: true });
}
