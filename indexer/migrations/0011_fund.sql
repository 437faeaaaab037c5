-- What went into a campaign fund by gifts and out of it, in the order of the chain; what pledgers say
-- about their influence, with the votes; who brought whom.
-- Rows of before this version don't have it, so the index begins anew.
CREATE TABLE fund_moves (
  cause INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL,
  denom TEXT NOT NULL, amount TEXT NOT NULL, memo TEXT NOT NULL, height INTEGER NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY (cause, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE registry (
  cause INTEGER NOT NULL, person TEXT NOT NULL, words TEXT NOT NULL, up INTEGER NOT NULL, down INTEGER NOT NULL,
  time INTEGER NOT NULL, PRIMARY KEY (cause, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX registry_rank ON registry (cause, down - up, person);
CREATE TABLE registry_votes (
  cause INTEGER NOT NULL, person TEXT NOT NULL, voter TEXT NOT NULL, vote TEXT NOT NULL,
  PRIMARY KEY (cause, person, voter)
) STRICT, WITHOUT ROWID;
CREATE TABLE referrals (
  action INTEGER NOT NULL, person TEXT NOT NULL, referrer TEXT NOT NULL, PRIMARY KEY (action, person)
) STRICT, WITHOUT ROWID;
ALTER TABLE standing ADD COLUMN referred_kept INTEGER NOT NULL DEFAULT 0;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations;
