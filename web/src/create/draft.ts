// What was typed, kept in this tab until the cause stands, so that a reload loses nothing.
import type { Entries } from "./read.js";

const KEY = "muster.draft";

export interface Draft {
  cause: Entries;
  actions: Entries[];
}

export function saveDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // No storage: then a reload begins anew.
  }
}

export function loadDraft(): Draft | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Draft | null;
    return found && Array.isArray(found.actions) && typeof found.cause === "object" ? found : null;
  } catch {
    return null;
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
