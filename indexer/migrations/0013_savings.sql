-- What attestors last said of each institution's saving, amounts in hundredths of the currency; `n` rises
-- with each word. The sums take of each institution the last word of anybody.
CREATE TABLE savings (
  action INTEGER NOT NULL, person TEXT NOT NULL, currency TEXT NOT NULL, attestor TEXT NOT NULL,
  n INTEGER NOT NULL, saved TEXT NOT NULL, due TEXT NOT NULL, paid TEXT NOT NULL,
  evidence_uri TEXT, evidence_sha256 TEXT, time INTEGER NOT NULL,
  PRIMARY KEY (action, person, currency, attestor)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX savings_newest ON savings (action, n);
CREATE TABLE saving_sums (
  action INTEGER NOT NULL, currency TEXT NOT NULL, people INTEGER NOT NULL, saved TEXT NOT NULL,
  due TEXT NOT NULL, paid TEXT NOT NULL, PRIMARY KEY (action, currency)
) STRICT, WITHOUT ROWID;
