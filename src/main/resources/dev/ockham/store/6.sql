-- Routes as they were published, by a person or by a changed file. Never changed, never deleted:
-- what was decided with one is made again with it.
CREATE TABLE route_version (
  organisation TEXT NOT NULL,
  route TEXT NOT NULL,
  number INTEGER NOT NULL,
  origin TEXT NOT NULL,
  document TEXT NOT NULL,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (organisation, route, number)
) STRICT, WITHOUT ROWID;

-- Which version of a route was put in force when; the last one of each is.
CREATE TABLE route_activation (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  route TEXT NOT NULL,
  number INTEGER NOT NULL,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

-- How far routes were let go for whom, when and by whom; the last one of each scope counts, as long
-- as the file says the same of that scope as it did then. Shares are of 10,000.
CREATE TABLE rung (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  mode TEXT NOT NULL,
  canary INTEGER NOT NULL,
  holdout INTEGER NOT NULL,
  instead_of TEXT NOT NULL,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

-- When the router was broken through, by whom, why and for how long.
CREATE TABLE bypass (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;

CREATE TABLE bypass_end (
  id INTEGER PRIMARY KEY,
  organisation TEXT NOT NULL,
  author TEXT NOT NULL,
  ended INTEGER NOT NULL
) STRICT;

-- What a decision read of a catalog, by its version, so that it can be made again.
CREATE TABLE catalog_version (
  organisation TEXT NOT NULL,
  version TEXT NOT NULL,
  document TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (organisation, version)
) STRICT, WITHOUT ROWID;
