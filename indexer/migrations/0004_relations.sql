-- Which causes name an earlier one: asked the other way round on its page.
-- Rows of before this version don't have it, so the index begins anew.
CREATE TABLE relations (
  earlier INTEGER NOT NULL, cause INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (earlier, cause)
) STRICT, WITHOUT ROWID;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements;
