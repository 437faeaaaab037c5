// A cause's changes as they happen. Tabs of one browser share one stream: the tab that holds a lock
// listens and tells the others. Where a browser has no locks, each tab listens for itself.
import type { Cause } from "../types.js";

/** Three missed heartbeats: whoever should tell this tab doesn't. */
const SILENCE_MS = 50_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

type Listener = (cause: Cause) => void;
type Word = { kind: "cause"; cause: Cause } | { kind: "alive" } | { kind: "hello" };

/** Listens to the server until stopped, and comes back after a break. */
function listen(id: number, tell: (word: Word) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_RETRY_MS;
  const open = (): void => {
    source = new EventSource(`/v1/causes/${id}/events`);
    const take = (event: MessageEvent<string>): void => {
      delay = FIRST_RETRY_MS;
      const cause = JSON.parse(event.data) as Cause;
      if (Array.isArray(cause.actions)) tell({ kind: "cause", cause });
    };
    source.addEventListener("snapshot", take);
    source.addEventListener("delta", take);
    source.addEventListener("heartbeat", () => tell({ kind: "alive" }));
    source.addEventListener("error", () => {
      // The browser reconnects by itself, but gives up where the answer was no stream (a 503, a 429).
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, delay * (0.5 + Math.random()));
      delay = Math.min(delay * 2, LONGEST_RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Follows a cause. Returns what ends it. */
export function follow(id: number, listener: Listener): () => void {
  const name = `muster-cause-${id}`;
  const { locks } = navigator as { locks?: LockManager };
  if (!locks || typeof BroadcastChannel === "undefined") {
    return listen(id, (word) => word.kind === "cause" && listener(word.cause));
  }
  return share(name, id, locks, listener);
}

function share(name: string, id: number, locks: LockManager, listener: Listener): () => void {
  const channel = new BroadcastChannel(name);
  const ending = new AbortController();
  let stopOwn: (() => void) | null = null;
  let latest: Cause | null = null;
  let leads = false;
  let heard = Date.now();

  const take = (word: Word): void => {
    heard = Date.now();
    if (word.kind !== "cause") return;
    // Words of two streams may cross.
    if (latest && word.cause.view.height < latest.view.height) return;
    latest = word.cause;
    listener(word.cause);
  };
  const lead = (): void => {
    stopOwn ??= listen(id, (word) => {
      take(word);
      if (leads) channel.postMessage(word);
    });
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Word>) => {
    if (data.kind !== "hello") take(data);
    else if (leads && latest) channel.postMessage({ kind: "cause", cause: latest } satisfies Word);
  });
  channel.postMessage({ kind: "hello" } satisfies Word);

  // Held until this tab ends: then the browser gives the lock to the next one.
  const held = async (): Promise<void> => {
    leads = true;
    lead();
    await new Promise((done) => ending.signal.addEventListener("abort", done));
  };
  locks.request(name, { signal: ending.signal }, held).catch(() => undefined);
  // A leading tab that the system has put to sleep tells nobody anything.
  const watch = setInterval(() => {
    if (Date.now() - heard > SILENCE_MS) lead();
  }, SILENCE_MS / 5);

  return () => {
    clearInterval(watch);
    ending.abort();
    stopOwn?.();
    channel.close();
  };
}
