// What the page has signed is, byte for byte, what the contract checks: both read the same vectors.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { serializeSignDoc } from "@cosmjs/amino";
import { type Signed, document, text } from "../../web/src/relay/doc.js";
import { fromHex } from "../../web/src/tx/bytes.js";
import { aminoText } from "../../web/src/wallet/amino.js";
import { keyWallet } from "../../web/src/wallet/key.js";

interface Vector {
  secret: string;
  chain_id: string;
  contract: string;
  signer: string;
  text: string;
  document: string;
  sha256: string;
  item: Signed;
}

const file = new URL("../../schema/vectors/relay.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

const draftOf = ({ chain_id: chainId, contract, item }: Vector) => ({ chainId, contract, ...item });

test("text, document and hash are the contract's", () => {
  assert.ok(vectors.length > 4);
  for (const vector of vectors) {
    assert.equal(text(draftOf(vector)), vector.text);
    const doc = document(vector.signer, draftOf(vector));
    assert.equal(aminoText(doc), vector.document);
    assert.equal(createHash("sha256").update(vector.document).digest("hex"), vector.sha256);
    // As other wallets write it.
    assert.equal(Buffer.from(serializeSignDoc(doc as never)).toString(), vector.document);
  }
});

test("the test wallet signs them as the contract's own tests do", async () => {
  for (const vector of vectors) {
    const wallet = keyWallet(fromHex(vector.secret), "wasm");
    const key = await wallet.getKey(vector.chain_id);
    assert.equal(key.bech32Address, vector.signer);
    assert.equal(Buffer.from(key.pubKey).toString("base64"), vector.item.key);
    const doc = document(vector.signer, draftOf(vector));
    const { signature } = await wallet.signAmino!(vector.chain_id, vector.signer, doc);
    assert.equal(signature.signature, vector.item.signature);
  }
});

test("amino JSON is sorted and escaped as in other wallets", () => {
  const doc = { b: [{ z: 1, a: "<&>é\n" }], a: null, c: { y: "1", x: [] } };
  assert.equal(aminoText(doc), Buffer.from(serializeSignDoc(doc as never)).toString());
});
