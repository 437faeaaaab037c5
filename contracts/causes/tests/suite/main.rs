//! The contract's tests: one file for each message, over one suite with a builder; then phases,
//! bad input, and a model test of long random histories.

mod attest;
mod attested;
mod bonus;
mod bundle;
mod cancel;
mod challenge;
mod check_in;
mod coins;
mod common;
mod config;
mod confirm;
mod counterpart;
mod create;
mod deliberation;
mod fund;
mod gate;
mod issuer;
mod lies;
mod max;
mod model;
mod outcome;
mod people;
mod phases;
mod phases_judged;
mod pledge;
mod queries;
mod record;
mod registry;
mod relay;
mod settle;
mod signing;
mod stand_in;
mod together;
mod vectors;
mod withdraw;
