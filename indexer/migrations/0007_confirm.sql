-- Who confirmed in a window, who was silent in one that came to nothing, and the thresholds of those
-- who confirmed. Rows of before this version don't have it, so the index begins anew.
ALTER TABLE pledges ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pledges ADD COLUMN left_behind INTEGER NOT NULL DEFAULT 0;
CREATE TABLE confirmations (
  action INTEGER NOT NULL, threshold INTEGER NOT NULL, pledges INTEGER NOT NULL, staked INTEGER NOT NULL,
  PRIMARY KEY (action, threshold)
) STRICT, WITHOUT ROWID;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations;
