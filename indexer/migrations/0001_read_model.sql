-- Amounts are decimal text: SQLite's integers end at 2^63, coins at 2^128.
CREATE TABLE chain (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  chain_id TEXT NOT NULL, contract TEXT NOT NULL,
  height INTEGER NOT NULL, hash TEXT NOT NULL, time INTEGER NOT NULL
) STRICT;
CREATE TABLE raw_events (
  height INTEGER NOT NULL, tx INTEGER NOT NULL, msg INTEGER NOT NULL, event INTEGER NOT NULL,
  kind TEXT NOT NULL, attributes TEXT NOT NULL,
  PRIMARY KEY (height, tx, msg, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE causes (
  id INTEGER PRIMARY KEY, creator TEXT NOT NULL, definition TEXT NOT NULL, text_hash TEXT NOT NULL,
  definition_hash TEXT NOT NULL, fee_bps INTEGER NOT NULL, cancelled INTEGER NOT NULL,
  created_height INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_height INTEGER NOT NULL
) STRICT;
CREATE INDEX causes_creator ON causes (creator);
CREATE TABLE actions (
  id INTEGER PRIMARY KEY, cause INTEGER NOT NULL, next_boundary INTEGER, state TEXT NOT NULL
) STRICT;
CREATE INDEX actions_cause ON actions (cause);
CREATE INDEX actions_boundary ON actions (next_boundary) WHERE next_boundary IS NOT NULL;
CREATE TABLE thresholds (
  action INTEGER NOT NULL, threshold INTEGER NOT NULL, pledges INTEGER NOT NULL, staked INTEGER NOT NULL,
  PRIMARY KEY (action, threshold)
) STRICT, WITHOUT ROWID;
CREATE TABLE pledges (
  action INTEGER NOT NULL, person TEXT NOT NULL, needs_others INTEGER NOT NULL, staked INTEGER NOT NULL,
  checked_in INTEGER NOT NULL, outcome TEXT, claimed INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  paid TEXT NOT NULL, evidence_uri TEXT, evidence_sha256 TEXT, height INTEGER NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY (action, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX pledges_person ON pledges (person, action);
CREATE TABLE attestors (
  person TEXT NOT NULL, action INTEGER NOT NULL, PRIMARY KEY (person, action)
) STRICT, WITHOUT ROWID;
CREATE TABLE standing (
  person TEXT PRIMARY KEY, kept INTEGER NOT NULL, broken INTEGER NOT NULL, unreported INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE funds (
  cause INTEGER NOT NULL, denom TEXT NOT NULL, amount TEXT NOT NULL, PRIMARY KEY (cause, denom)
) STRICT, WITHOUT ROWID;
CREATE TABLE fees (denom TEXT PRIMARY KEY, amount TEXT NOT NULL) STRICT, WITHOUT ROWID;
