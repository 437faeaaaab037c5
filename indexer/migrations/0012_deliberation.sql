-- The choice between alternatives, with the sums of all ballots; ballots, proposals and seconders.
-- Rows of before this version don't have them, so the index begins anew.
CREATE TABLE choices (cause INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
CREATE TABLE ballots (
  cause INTEGER NOT NULL, person TEXT NOT NULL, scores TEXT NOT NULL, PRIMARY KEY (cause, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX ballots_person ON ballots (person, cause);
CREATE TABLE proposals (
  cause INTEGER NOT NULL, proposal INTEGER NOT NULL, person TEXT NOT NULL, definition TEXT NOT NULL,
  action INTEGER, time INTEGER NOT NULL, PRIMARY KEY (cause, proposal)
) STRICT, WITHOUT ROWID;
CREATE TABLE seconders (
  cause INTEGER NOT NULL, proposal INTEGER NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (cause, proposal, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX seconders_person ON seconders (person, cause);
DELETE FROM chain; DELETE FROM blocks; DELETE FROM raw_events; DELETE FROM causes; DELETE FROM actions;
DELETE FROM thresholds; DELETE FROM pledges; DELETE FROM attestors; DELETE FROM standing; DELETE FROM funds;
DELETE FROM fees; DELETE FROM requirements; DELETE FROM relations; DELETE FROM fund_moves;
DELETE FROM registry; DELETE FROM registry_votes; DELETE FROM referrals;
