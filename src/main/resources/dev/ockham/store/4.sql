-- A key's place in the organisation, one scope a line: units, teams, projects, users, agents, tags.
ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
UPDATE api_key SET scopes = 'team:' || team WHERE team IS NOT NULL;
ALTER TABLE api_key DROP COLUMN team;

-- What was hard is strict. Modes are strict, quantile:PERMILLE, soft and observe; actions are
-- PERCENT:ACTION, one a line.
UPDATE budget SET mode = 'strict' WHERE mode = 'hard';
ALTER TABLE budget ADD COLUMN actions TEXT NOT NULL DEFAULT '';

-- More for a while. Never changed: it ends by itself.
CREATE TABLE budget_increase (
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  period TEXT NOT NULL,
  amount_picos INTEGER NOT NULL,
  from_micros INTEGER NOT NULL,
  until_micros INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;

CREATE INDEX budget_increase_of ON budget_increase (organisation, scope, period);

-- A share of a limit that was reached in a period, once for each action.
CREATE TABLE budget_event (
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  period TEXT NOT NULL,
  since INTEGER NOT NULL,
  percent INTEGER NOT NULL,
  action TEXT NOT NULL,
  at INTEGER NOT NULL,
  spent_nanos INTEGER NOT NULL,
  limit_nanos INTEGER NOT NULL,
  PRIMARY KEY (organisation, scope, period, since, percent, action)
) STRICT, WITHOUT ROWID;

CREATE INDEX budget_event_at ON budget_event (organisation, at);

-- How many requests or tokens in a minute.
CREATE TABLE rate_limit (
  organisation TEXT NOT NULL,
  scope TEXT NOT NULL,
  metric TEXT NOT NULL,
  per_minute INTEGER NOT NULL,
  PRIMARY KEY (organisation, scope, metric)
) STRICT, WITHOUT ROWID;
