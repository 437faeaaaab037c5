// Who is connected, and how the page learns of it.
import { balances } from "./api.js";
import { Sentence } from "./errors.js";
import type { ChainInfo, Coin } from "./types.js";
import { type Found, type Key, type Provider, findProviders, suggestion } from "./wallet/provider.js";

/** The id under which the built-in test wallet is remembered. */
export const TEST_WALLET = "test-wallet";
const REMEMBERED = "muster.wallet";

/** A wallet with the account that it has chosen. */
export interface Connected {
  id: string;
  provider: Provider;
  key: Key;
  address: string;
}

type Listener = () => void;

/** The wallet of this page. */
export class Session {
  connected: Connected | null = null;
  coins: Coin[] = [];
  /** Whether a wallet is still being asked who it is. */
  busy = false;
  private listeners: Listener[] = [];

  constructor(readonly info: ChainInfo) {
    // Each make has its own word for "another account was chosen".
    for (const id of ["keplr", "leap", "cosmostation"]) {
      window.addEventListener(`${id}_keystorechange`, () => void this.accountChanged());
    }
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  get isTest(): boolean {
    return this.connected?.id === TEST_WALLET;
  }

  /** Whether there is a faucet: on a local chain, for whatever wallet. */
  get hasFaucet(): boolean {
    return this.info.local && this.info.faucet !== null;
  }

  providers(): Found[] {
    return findProviders();
  }

  /** Asks a wallet for its account. */
  async connect({ id, provider }: Found): Promise<void> {
    this.busy = true;
    this.tell();
    try {
      const chain = this.info.chain_id;
      // A wallet can't know a local chain; one that does already doesn't ask again.
      if (this.info.local) await suggest(provider, this.info);
      await provider.enable(chain);
      this.take(id, provider, await provider.getKey(chain));
      keep(id);
    } finally {
      this.busy = false;
      this.tell();
    }
    await this.refreshCoins();
  }

  private take(id: string, provider: Provider, key: Key): void {
    const address = key.bech32Address;
    if (!address.startsWith(`${this.info.bech32_prefix}1`)) {
      throw new Sentence("The wallet answered with an address of another chain.");
    }
    this.connected = { id, provider, key, address };
  }

  /** The built-in wallet: its code is fetched only here, on a local chain. */
  async connectTest(): Promise<void> {
    if (!this.info.local) throw new Sentence("Test wallets exist on local chains only.");
    const { testWallet } = await import("./wallet/local.js");
    await this.connect({ id: TEST_WALLET, provider: await testWallet(this.info) });
  }

  /** The wallet of the last visit, if it is still there. */
  async reconnect(): Promise<void> {
    const id = kept();
    if (id === null || this.connected || this.busy) return;
    if (id === TEST_WALLET) return this.info.local ? await this.connectTest() : undefined;
    const found = this.providers().find((one) => one.id === id);
    if (found) await this.connect(found);
  }

  /** Extensions may come later than the page: looks once more. */
  async lookAgain(): Promise<void> {
    await this.reconnect().catch(() => undefined);
    this.tell();
  }

  disconnect(): void {
    this.connected = null;
    this.coins = [];
    keep(null);
    this.tell();
  }

  private async accountChanged(): Promise<void> {
    if (!this.connected || this.isTest) return;
    const { id, provider } = this.connected;
    try {
      this.take(id, provider, await provider.getKey(this.info.chain_id));
    } catch {
      // Locked, or an account that this chain isn't enabled for.
      this.connected = null;
    }
    this.coins = [];
    this.tell();
    await this.refreshCoins();
  }

  /** Looks up what the account has. */
  async refreshCoins(): Promise<void> {
    const address = this.connected?.address;
    if (!address) return;
    const coins = await balances(address).catch(() => this.coins);
    if (this.connected?.address !== address) return;
    this.coins = coins;
    this.tell();
  }

  /** The connected wallet, or the sentence that asks for one. */
  require(): Connected {
    if (!this.connected) throw new Sentence("Connect a wallet first, at the top of the page.");
    return this.connected;
  }
}

/** Whether it took it shows when it is asked for the account. */
async function suggest(provider: Provider, info: ChainInfo): Promise<void> {
  try {
    await provider.experimentalSuggestChain?.(suggestion(info));
  } catch {
    return;
  }
}

// A browser may forbid storage: then a wallet is connected anew on each page.
function keep(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, id);
  } catch {
    return;
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
