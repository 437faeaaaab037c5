// The island's own protobuf writer gives the bytes of the generated types, whatever it is given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { AuthInfo, SignDoc, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import * as wire from "../../web/src/tx/wire.js";

const SIZES = [0, 1, 20, 127, 128, 16_383, 16_384, 70_000];
const NUMBERS = [0n, 1n, 127n, 128n, 300n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n];
const coins = [
  { denom: "umust", amount: "10000000" },
  { denom: "ibc/27394FB092D2ECCD56123C74F36E4C1F", amount: "340282366920938463463374607431768211455" },
];
const some = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) % 256);
const same = (mine: Uint8Array, theirs: Uint8Array): void => assert.deepEqual(Buffer.from(mine), Buffer.from(theirs));

test("bodies, with messages of every length and a memo in any script", () => {
  for (const size of SIZES) {
    for (const memo of ["", "für alle 🌍", "x".repeat(300)]) {
      const messages = [
        { typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract", value: some(size) },
        { typeUrl: "/a", value: some(1) },
      ];
      same(wire.txBody(messages, memo), TxBody.encode(TxBody.fromPartial({ messages, memo })).finish());
    }
  }
  same(wire.txBody([], ""), TxBody.encode(TxBody.fromPartial({})).finish());
});

test("who signs how, with every sequence, gas limit and fee", () => {
  for (const sequence of NUMBERS) {
    for (const gas of NUMBERS) {
      for (const [mine, theirs] of [
        [wire.DIRECT, SignMode.SIGN_MODE_DIRECT],
        [wire.AMINO_JSON, SignMode.SIGN_MODE_LEGACY_AMINO_JSON],
      ] as const) {
        for (const fee of [[], coins.slice(0, 1), coins]) {
          const expected = AuthInfo.fromPartial({
            signerInfos: [
              {
                publicKey: {
                  typeUrl: "/cosmos.crypto.secp256k1.PubKey",
                  value: PubKey.encode({ key: some(33) }).finish(),
                },
                modeInfo: { single: { mode: theirs } },
                sequence,
              },
            ],
            fee: { amount: fee, gasLimit: gas },
          });
          same(wire.authInfo({ pubKey: some(33), mode: mine, sequence, gas, fee }), AuthInfo.encode(expected).finish());
        }
      }
    }
  }
});

test("sign documents and transactions", () => {
  for (const size of SIZES) {
    for (const accountNumber of NUMBERS) {
      const [bodyBytes, authInfoBytes, chainId] = [some(size), some(99), "muster-local-1"];
      same(
        wire.signDoc(bodyBytes, authInfoBytes, chainId, accountNumber),
        SignDoc.encode({ bodyBytes, authInfoBytes, chainId, accountNumber }).finish(),
      );
    }
    for (const signature of [some(64), new Uint8Array(0)]) {
      const raw = { bodyBytes: some(size), authInfoBytes: some(7), signatures: [signature] };
      same(wire.txRaw(raw.bodyBytes, raw.authInfoBytes, signature), TxRaw.encode(raw).finish());
    }
  }
});

test("messages to a contract, and coins sent", () => {
  const [from, to] = ["wasm1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6", "wasm1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu"];
  for (const size of SIZES) {
    for (const funds of [[], coins]) {
      const msg = { sender: from, contract: to, msg: some(size), funds };
      same(wire.executeContract(from, to, msg.msg, funds), MsgExecuteContract.encode(msg).finish());
      const send = { fromAddress: from, toAddress: to, amount: funds };
      same(wire.bankSend(from, to, funds), MsgSend.encode(send).finish());
    }
  }
});
