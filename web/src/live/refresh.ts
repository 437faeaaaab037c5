// Regions that only the server can write are taken from a freshly fetched page: the same page of the
// same origin, parsed without running anything in it.
import { showTimes } from "../time.js";

const LEAST_MS = 2_000;

// What the server last wrote into a region, before the island made its times local.
const served = new WeakMap<Element, string>();

/** Called once, before anything of the page is rewritten. */
export function rememberServed(): void {
  for (const region of document.querySelectorAll("[data-live]")) served.set(region, region.innerHTML);
}

/** Where the focus is inside `region`: the way down to it by child numbers. */
function pathTo(region: Element): number[] | null {
  let at = document.activeElement;
  if (!at || at === region || !region.contains(at)) return null;
  const path: number[] = [];
  for (; at && at !== region; at = at.parentElement) {
    path.unshift([...(at.parentElement?.children ?? [])].indexOf(at));
  }
  return path;
}

function focusAt(region: Element, path: readonly number[]): void {
  let at: Element | undefined = region;
  for (const index of path) at = at?.children[index];
  if (at instanceof HTMLElement) at.focus({ preventScroll: true });
}

/** What people opened stays open. */
const openDetails = (region: Element): boolean[] => [...region.querySelectorAll("details")].map((d) => d.open);

function replace(region: HTMLElement, fresh: Element): void {
  const path = pathTo(region);
  const open = openDetails(region);
  region.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  region.querySelectorAll("details").forEach((d, i) => (d.open = open[i] ?? d.open));
  showTimes(region);
  if (path) focusAt(region, path);
}

async function fetchRegions(minHeight: number): Promise<void> {
  const address = new URL(location.href);
  address.hash = "";
  if (minHeight > 0) address.searchParams.set("min_height", String(minHeight));
  const response = await fetch(address, { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const region of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const fresh = [...page.querySelectorAll<HTMLElement>("[data-live]")].find((r) => r.dataset.live === region.dataset.live);
    if (fresh && fresh.innerHTML !== served.get(region)) {
      served.set(region, fresh.innerHTML);
      replace(region, fresh);
    }
  }
}

/** Refreshes the regions now and then. */
export class Refresher {
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> = Promise.resolve();

  /** At once: after one's own transaction, or when a phase changed. */
  now(minHeight = 0): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.last = Date.now();
    // One after the other, so that an older page never overwrites a newer one.
    this.running = this.running.then(() => fetchRegions(minHeight)).catch(() => undefined);
    return this.running;
  }

  /** Soon, at most each two seconds, and not all readers in the same moment. */
  soon(): void {
    if (this.timer !== null) return;
    const wait = Math.max(0, this.last + LEAST_MS - Date.now()) + Math.random() * 500;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (document.hidden) {
        document.addEventListener("visibilitychange", () => void this.now(), { once: true });
      } else {
        void this.now();
      }
    }, wait);
  }
}
