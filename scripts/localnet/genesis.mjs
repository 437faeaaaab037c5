// Sets what a fresh local chain's genesis needs: block gas limit, coin names, no inflation.
// node genesis.mjs GENESIS_FILE
import { readFileSync, writeFileSync } from "node:fs";

const file = process.argv[2];
const genesis = JSON.parse(readFileSync(file, "utf8"));
const app = genesis.app_state;

// A block that could hold anything would hide messages that cost more than a public chain allows.
genesis.consensus.params.block.max_gas = "50000000";

const named = (base, display, symbol, name, description) => ({
  description,
  denom_units: [
    { denom: base, exponent: 0, aliases: [] },
    { denom: display, exponent: 6, aliases: [] },
  ],
  base,
  display,
  name,
  symbol,
  uri: "",
  uri_hash: "",
});
app.bank.denom_metadata = [
  named("umust", "must", "MUST", "Must", "Pays fees and stakes on the local chain. Worth nothing."),
  named("ueuro", "euro", "EURO", "Euro", "A pretend stablecoin on the local chain. Worth nothing."),
];

// Balances change by what people do, and by nothing else.
const none = "0.000000000000000000";
app.mint.minter.inflation = none;
Object.assign(app.mint.params, {
  inflation_rate_change: none,
  inflation_max: none,
  inflation_min: none,
});

writeFileSync(file, JSON.stringify(genesis, null, 1));
