// Where a picture or document is, and the fingerprint of it.
import { field, h } from "../dom.js";
import { toHex } from "../tx/bytes.js";

const MOST_URI_BYTES = 256;

export interface Evidence {
  uri: string;
  sha256: string;
}

async function sha256(file: File): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
}

/** Fields behind a summary. `read`: what was given, if anything; where it is wrong, they say why. */
export function evidenceFields(): { root: HTMLElement; read: () => Evidence | null | "wrong" } {
  const uri = field("Where evidence is, if any", h("input", { attrs: { type: "url", name: "evidence_uri" } }), "An address on the web. It is shown, never fetched.");
  const file = field("The same file", h("input", { attrs: { type: "file", name: "evidence_file" } }), "It stays here: only its fingerprint is recorded, so that nobody can exchange it later.");
  const hash = field("Its SHA-256", h("input", { attrs: { name: "evidence_sha256", autocomplete: "off", spellcheck: "false" } }), "Filled in from the file.");
  file.input.addEventListener("change", async () => {
    const chosen = file.input.files?.[0];
    if (!chosen) return;
    if (!globalThis.crypto?.subtle) {
      return file.complain("This page isn't served safely, so it can't compute the fingerprint. Write it below yourself.");
    }
    hash.input.value = await sha256(chosen);
    file.complain(null);
    hash.complain(null);
  });
  const root = h("details", null, h("summary", { text: "Add evidence" }), uri.root, file.root, hash.root);
  const read = (): Evidence | null | "wrong" => {
    const where = uri.input.value.trim();
    const print = hash.input.value.trim().toLowerCase();
    uri.complain(null);
    hash.complain(null);
    if (!where && !print) return null;
    if (!where) uri.complain("Say where it is, or leave both empty.");
    else if (new TextEncoder().encode(where).length > MOST_URI_BYTES) uri.complain(`At most ${MOST_URI_BYTES} bytes.`);
    else if (!/^[0-9a-f]{64}$/.test(print)) hash.complain("Choose the file, or write 64 digits 0-9 and a-f.");
    else return { uri: where, sha256: print };
    root.setAttribute("open", "");
    root.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    return "wrong";
  };
  return { root, read };
}
