-- Under which nullifier a pledge was let in by attestations, and until when they hold.
-- Rows of before this version don't have it, so the index begins anew.
CREATE TABLE admissions (
  action INTEGER NOT NULL, person TEXT NOT NULL, nullifier TEXT NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (action, person)
) STRICT, WITHOUT ROWID;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations;
