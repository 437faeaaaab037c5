// Moments in the reader's own zone, beside UTC.
import { duration } from "./words.js";

const utc = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
const own = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
});

/** `24 Nov 2026, 12:00:00 CET (24 Nov, 11:00:00 UTC)`. */
export function moment(unix: number): string {
  const at = new Date(unix * 1000);
  if (Number.isNaN(at.getTime())) return `second ${unix} after 1970`;
  // Where the own zone is UTC, once is enough.
  const text = own.format(at);
  return text.endsWith("UTC") ? text : `${text} (${utc.format(at)} UTC)`;
}

// By how many seconds the chain's clock is ahead of this device's.
let ahead = 0;

/** Takes over the chain's time from an answer. */
export function setClock(chainTime: number): void {
  ahead = chainTime - Date.now() / 1000;
}

/** The chain's time, Unix seconds. */
export const now = (): number => Math.floor(Date.now() / 1000 + ahead);

/** Rewrites every `<time data-unix>` below `root`. */
export function showTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-unix]")) {
    const unix = Number(time.dataset.unix);
    if (Number.isSafeInteger(unix)) time.textContent = moment(unix);
  }
  showCountdowns(root);
}

function showCountdowns(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-countdown]")) {
    const left = Number(place.dataset.countdown) - now();
    place.textContent = left > 0 ? `in ${duration(left)}` : "now";
  }
}

/** Keeps the countdowns of the page going. */
export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) showCountdowns(document);
  }, 1000);
}

/** A `datetime-local` is in the zone of whoever typed it. */
export function unix(typed: string): number | null {
  const at = typed ? Math.floor(new Date(typed).getTime() / 1000) : Number.NaN;
  return Number.isSafeInteger(at) ? at : null;
}
