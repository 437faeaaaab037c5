// Moments in the reader's own zone, beside UTC.

const utc = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const own = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "short",
});
const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" });

/** `24 Nov 2026, 12:00 CET (24 Nov, 11:00 UTC)`. */
export function moment(unix: number): string {
  const at = new Date(unix * 1000);
  if (Number.isNaN(at.getTime())) return `second ${unix} after 1970`;
  const name = zone.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${own.format(at)} ${name} (${utc.format(at)} UTC)`;
}

/** Rewrites every `<time data-unix>` below `root`. */
export function showTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-unix]")) {
    const unix = Number(time.dataset.unix);
    if (Number.isSafeInteger(unix)) time.textContent = moment(unix);
  }
}
