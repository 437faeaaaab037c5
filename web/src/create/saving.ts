// A percentage of what institutions save, which attestors state: as it is typed, and for the review. Pure.
import type { Document } from "../types.js";
import * as check from "./check.js";
import { percent, typedDocument } from "./document.js";
import { MAX_RECIPIENT } from "./limits.js";

/** Of an action that counts people. Hidden, and so none, where nobody attests anything. */
export function readSaving(entries: Record<string, string>): { saving: { saving?: Document }; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  if (entries.fulfilment !== "attested" && entries.outcome !== "attested") return { saving: {}, errors };
  const saving = typedDocument(entries, "saving", errors);
  if (!saving) return { saving: {}, errors };
  const wrong = check.line(saving.recipient, MAX_RECIPIENT);
  if (wrong) errors.saving_recipient = wrong;
  return { saving: { saving }, errors };
}

/** For the review. */
export const savingFacts = (saving: Document | undefined): [string, string][] =>
  saving
    ? [[`By ${saving.uri}`, `${percent(saving.bps)} of what each saves, to ${saving.recipient}, as attestors state it; nothing of it is paid here; SHA-256 ${saving.sha256}`]]
    : [];
