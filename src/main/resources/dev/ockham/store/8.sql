-- What was posted after a day to make its cost what the provider charged: into the organisation's
-- cost, owed to the provider. Never changed. The exact amount is posted_nanos * 1000 +
-- rounding_picos; a source corrects a model's day once.
CREATE TABLE correction (
  organisation TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  day INTEGER NOT NULL,
  posted_nanos INTEGER NOT NULL,
  rounding_picos INTEGER NOT NULL,
  why TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (organisation, provider, model, day, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX correction_day ON correction (day);
