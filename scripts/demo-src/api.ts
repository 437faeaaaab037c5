// What the demo reads of the indexer's `/v1`, and how it hears that something changed.
import { sleep } from "../lib/chain.js";
import type { Coin } from "../lib/chain.js";

/** An action as `/v1` tells it, as far as the demo needs it. Times are Unix seconds. */
export interface Action {
  id: number;
  goal: number;
  schedule: { kind: string; pledge_until: number | null; hold: number | null };
  stake: Coin | null;
  pledged: number;
  committed: number;
  phase: string;
  active: boolean;
  totals_fixed: boolean;
  report_from: number | null;
  settled_from: number | null;
}

/** A cause as `/v1` tells it. */
export interface Cause {
  id: number;
  creator: string;
  title: string;
  cancelled: boolean;
  actions: Action[];
}

/** A pledge as `/v1` tells it. */
export interface Pledge {
  action: number;
  address: string;
  status: string;
  checked_in: boolean;
  outcome: string | null;
  claimable: Coin[] | null;
}

interface Page {
  next_page_token: string;
  view: { time: number };
}

/** The indexer's answers, never older than this program's own last transaction. */
export class Api {
  /** The highest block with a transaction of this program. */
  private seen = 0;

  constructor(private readonly url: string) {}

  /** Answers from now on include this block. */
  include(height: number): void {
    this.seen = Math.max(this.seen, height);
  }

  /** The causes that an address started, by number. */
  async created(address: string): Promise<number[]> {
    return (await this.get<{ created: number[] }>(`/v1/people/${address}?`)).created;
  }

  async cause(id: number): Promise<Cause> {
    return await this.get<Cause>(`/v1/causes/${id}?`);
  }

  async pledges(cause: number): Promise<Pledge[]> {
    const found: Pledge[] = [];
    for (let token = ""; ; ) {
      const path = `/v1/causes/${cause}/pledges?page_size=100&page_token=${encodeURIComponent(token)}&`;
      const page = await this.get<Page & { pledges: Pledge[] }>(path);
      found.push(...page.pledges);
      token = page.next_page_token;
      if (token === "") return found;
    }
  }

  /** The chain's time at the last indexed block. */
  async time(): Promise<number> {
    return (await this.get<Page>("/v1/causes?page_size=1&")).view.time;
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}min_height=${this.seen}`, {
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

/** Rings whenever the indexer tells of a change. A lost word costs a look, never a step. */
export class Bell {
  private waiting = new Set<() => void>();

  constructor(private readonly url: string) {
    void this.listen();
  }

  /** Until something changed, or for so many seconds. */
  async next(seconds: number): Promise<void> {
    let wake: (() => void) | undefined;
    const rung = new Promise<void>((resolve) => {
      wake = resolve;
      this.waiting.add(resolve);
    });
    const timer = setTimeout(() => wake?.(), Math.max(seconds, 0.2) * 1000);
    await rung;
    clearTimeout(timer);
    this.waiting.delete(wake as () => void);
  }

  private ring(): void {
    for (const wake of this.waiting) wake();
  }

  private async listen(): Promise<never> {
    for (;;) {
      try {
        const { body } = await fetch(`${this.url}/v1/events`);
        for await (const _ of body ?? []) this.ring();
      } catch {
        // The indexer is away; the loops that wait here look by themselves too.
      }
      await sleep(1_000);
    }
  }
}
