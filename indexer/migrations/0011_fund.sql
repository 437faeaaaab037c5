-- What went into a campaign fund by gifts and out of it, in the order of the chain.
-- Rows of before this version don't have it, so the index begins anew.
CREATE TABLE fund_moves (
  cause INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL,
  denom TEXT NOT NULL, amount TEXT NOT NULL, memo TEXT NOT NULL, height INTEGER NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY (cause, n)
) STRICT, WITHOUT ROWID;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations;
