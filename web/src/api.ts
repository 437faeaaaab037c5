// The server's answers. The island talks to its own origin only.
import type { Cause, ChainInfo, Coin, Person, Pledge, Verdict } from "./types.js";

/** An answer that isn't one: problem+json, or no answer at all. */
export class Refusal extends Error {
  constructor(
    /** 0 where nothing answered. */
    readonly status: number,
    detail: string,
    /** What the chain said, word for word. For `errors.ts`, never for people. */
    readonly raw: string | null = null,
  ) {
    super(detail);
  }
}

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    // Not even revalidated: what time alone changes in an answer doesn't change its tag.
    response = await fetch(path, { ...init, cache: "no-store", headers: { accept: "application/json", ...init?.headers } });
  } catch {
    throw new Refusal(0, "The server doesn't answer. Check your connection and try again.");
  }
  if (response.ok) return (await response.json()) as T;
  const problem: { detail?: string; raw?: string } = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem.detail ?? `status ${response.status}`, problem.raw ?? null);
}

const post = <T>(path: string, body: unknown): Promise<T> =>
  call(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const at = (minHeight: number): string => (minHeight > 0 ? `?min_height=${minHeight}` : "");

export const chainInfo = (): Promise<ChainInfo> => call("/chain/info");

export const cause = (id: number, minHeight = 0): Promise<Cause> => call(`/v1/causes/${id}${at(minHeight)}`);

export const person = (address: string, minHeight = 0): Promise<Person> =>
  call(`/v1/people/${encodeURIComponent(address)}${at(minHeight)}`);

/** Pledges to a cause, page by page until `enough` of them are there. */
export async function pledges(id: number, enough: number): Promise<{ pledges: Pledge[]; complete: boolean }> {
  const found: Pledge[] = [];
  let token = "";
  do {
    const query = new URLSearchParams({ page_size: "100", ...(token && { page_token: token }) });
    const page: { pledges: Pledge[]; next_page_token: string } = await call(`/v1/causes/${id}/pledges?${query}`);
    found.push(...page.pledges);
    token = page.next_page_token;
  } while (token && found.length < enough);
  return { pledges: found, complete: !token };
}

/** How what is judged of an action stands at the contracts themselves, with one person's part. */
export const verdict = (action: number, person: string): Promise<Verdict> =>
  call(`/chain/verdicts/${action}${person && `?person=${encodeURIComponent(person)}`}`);

/** For signing; null while the chain has never seen the address. */
export async function account(address: string): Promise<{ number: bigint; sequence: bigint } | null> {
  try {
    const found = await call<{ account_number: string; sequence: string }>(
      `/chain/accounts/${encodeURIComponent(address)}`,
    );
    return { number: BigInt(found.account_number), sequence: BigInt(found.sequence) };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

export const balances = async (address: string): Promise<Coin[]> =>
  (await call<{ coins: Coin[] }>(`/chain/balances/${encodeURIComponent(address)}`)).coins;

export const simulate = async (txBytes: string): Promise<number> =>
  (await post<{ gas_used: number }>("/chain/simulate", { tx_bytes: txBytes })).gas_used;

export const broadcast = async (txBytes: string): Promise<string> =>
  (await post<{ tx_hash: string }>("/chain/broadcast", { tx_bytes: txBytes })).tx_hash;

/** As long as the server waits at most, unless it is told otherwise. */
const WAIT_SECONDS = 5;

/** What became of a transaction. */
export interface Outcome {
  height: number;
  /** 0 where it succeeded. */
  code: number;
  raw_log: string;
}

/** Waits some seconds for its block; null where it isn't in one by then. */
export async function transaction(hash: string): Promise<Outcome | null> {
  try {
    return await call<Outcome>(`/chain/txs/${hash}?wait=${WAIT_SECONDS}`);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

/** The least sequence that an address's next signature may have. */
export const nextSequence = async (address: string): Promise<number> =>
  (await call<{ next: number }>(`/chain/sequence/${encodeURIComponent(address)}`)).next;

/** What a sponsor says of an item. */
export interface Fate {
  /** By which it is asked for; none where it wasn't taken. */
  id?: string;
  state: "queued" | "sent" | "landed" | "refused";
  /** The contract's word for a refusal, and its sentence. */
  code?: string;
  reason?: string;
  height?: number;
}

/** Hands what somebody signed to the sponsor at this place of the chain's list. */
export async function handOver(sponsor: number, item: unknown): Promise<Fate> {
  const { items } = await post<{ items: Fate[] }>(`/chain/relay/${sponsor}`, { items: [item] });
  const [fate] = items;
  if (!fate) throw new Refusal(502, "the sponsor's answer can't be read");
  return fate;
}

/** What became of it there; waits some seconds for news. */
export const fateOf = (sponsor: number, id: string): Promise<Fate> => call(`/chain/relay/${sponsor}/${id}`);
