-- Which actions require which: asked the other way round when one of them fails.
-- Rows of before this version don't say how an action binds, so the index begins anew.
CREATE TABLE requirements (
  required INTEGER NOT NULL, action INTEGER NOT NULL, PRIMARY KEY (required, action)
) STRICT, WITHOUT ROWID;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees;
