-- What it takes to prove the head by the next header, and to go back by one block.
-- Rows of before this version have no block times beside their events, so the index begins anew.
ALTER TABLE chain ADD COLUMN results_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE chain ADD COLUMN before_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE chain ADD COLUMN before_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chain ADD COLUMN before_results TEXT NOT NULL DEFAULT '';
-- Blocks that changed anything, by their events or by their time.
CREATE TABLE blocks (height INTEGER PRIMARY KEY, time INTEGER NOT NULL) STRICT;
DELETE FROM chain; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions; DELETE FROM thresholds;
DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds; DELETE FROM fees;
