-- Instants are microseconds since 1970, UTC. Ids are the 16 bytes of a UUIDv7, so that the newest
-- rows are at the end of their tables. Money is in the unit its column is named after.

-- One row: where in the journal this database ends, and the last instant a call was held at.
CREATE TABLE position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  node INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  latest INTEGER NOT NULL
) STRICT;

-- The scopes of a caller, one a line, widest first. What an attempt posts is
-- posted to each of them.
CREATE TABLE scope_set (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  scopes TEXT NOT NULL,
  UNIQUE (organisation, scopes)
) STRICT;

CREATE TABLE scope_member (
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  scope_set INTEGER NOT NULL REFERENCES scope_set,
  PRIMARY KEY (organisation, scope, scope_set)
) STRICT, WITHOUT ROWID;

-- A model of a provider at one version of its price: JSON of picodollars per token by class, or
-- "free", or "unknown".
CREATE TABLE offer (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  version TEXT NOT NULL,
  prices TEXT NOT NULL,
  UNIQUE (organisation, model, provider, version, prices)
) STRICT;

CREATE TABLE request (
  id BLOB PRIMARY KEY,
  organisation TEXT NOT NULL,
  arrived INTEGER NOT NULL,
  route TEXT NOT NULL,
  status TEXT NOT NULL,
  served_by TEXT,
  alternative_picos INTEGER,
  record BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Personal data, deleted when its time has passed.
CREATE TABLE feature (
  request BLOB PRIMARY KEY,
  organisation TEXT NOT NULL,
  features BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Attempts that have ended. posted_nanos is empty where no price is known; the exact cost is
-- posted_nanos * 1000 + rounding_picos.
CREATE TABLE attempt (
  request BLOB NOT NULL,
  id BLOB NOT NULL,
  organisation TEXT NOT NULL,
  scope_set INTEGER NOT NULL REFERENCES scope_set,
  offer INTEGER NOT NULL REFERENCES offer,
  basis TEXT,
  note TEXT,
  reserved INTEGER NOT NULL,
  dispatched INTEGER,
  ended INTEGER NOT NULL,
  held_nanos INTEGER NOT NULL,
  posted_nanos INTEGER,
  rounding_picos INTEGER NOT NULL,
  input INTEGER,
  cache_read INTEGER,
  cache_write_5m INTEGER,
  cache_write_1h INTEGER,
  output INTEGER,
  reasoning INTEGER,
  PRIMARY KEY (request, id)
) STRICT, WITHOUT ROWID;

-- Attempts under way, with their hold as the journal has it.
CREATE TABLE open_attempt (
  id BLOB PRIMARY KEY,
  organisation TEXT NOT NULL,
  request BLOB NOT NULL,
  dispatched INTEGER,
  hold BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was settled, by the quarter of an hour it was held in: every zone's midnight is at one.
CREATE TABLE spend (
  scope_set INTEGER NOT NULL REFERENCES scope_set,
  quarter INTEGER NOT NULL,
  organisation TEXT NOT NULL,
  settled INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  posted_nanos INTEGER NOT NULL,
  rounding_picos INTEGER NOT NULL,
  PRIMARY KEY (scope_set, quarter)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
  organisation TEXT PRIMARY KEY,
  requests INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  principal TEXT NOT NULL,
  role TEXT NOT NULL,
  team TEXT,
  allowed TEXT NOT NULL,
  hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  revoked INTEGER
) STRICT;

CREATE TABLE budget (
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  period TEXT NOT NULL,
  limit_picos INTEGER NOT NULL,
  zone TEXT NOT NULL,
  mode TEXT NOT NULL DEFAULT 'hard',
  created INTEGER NOT NULL,
  PRIMARY KEY (organisation, scope, period)
) STRICT;
