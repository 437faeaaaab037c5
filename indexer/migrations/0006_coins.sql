-- How many units of `min` a pledge of coins is of; 0 where the action counts people.
-- Rows of before this version don't have it, so the index begins anew.
ALTER TABLE pledges ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations;
