-- Batches and their files, where the operator permits them. They hold prompts and answers: personal
-- data, deleted when its time has passed.
CREATE TABLE stored_file (
  organisation TEXT NOT NULL,
  api_key TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (organisation, api_key, id)
) STRICT;

CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  api_key TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  input TEXT NOT NULL,
  metadata TEXT NOT NULL,
  status TEXT NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  cancelled INTEGER,
  ended INTEGER,
  errors TEXT NOT NULL
) STRICT;

CREATE INDEX batch_owner ON batch (organisation, api_key, id);

-- An item's body is kept until it is answered, its answer until the batch is forgotten.
CREATE TABLE batch_item (
  batch TEXT NOT NULL REFERENCES batch,
  number INTEGER NOT NULL,
  custom_id TEXT NOT NULL,
  state TEXT NOT NULL,
  body BLOB,
  outgoing BLOB,
  request BLOB,
  attempt BLOB,
  job TEXT,
  record BLOB,
  features BLOB,
  status INTEGER NOT NULL DEFAULT 0,
  answer BLOB,
  usage TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (batch, number)
) STRICT;

CREATE INDEX batch_item_state ON batch_item (batch, state, number);
CREATE INDEX batch_item_open ON batch_item (state) WHERE state IN ('running', 'sent', 'answered');
CREATE INDEX batch_item_job ON batch_item (job) WHERE job IS NOT NULL;

-- Batches of our own at providers. Known under our id before a provider hears of them.
CREATE TABLE provider_batch (
  id TEXT PRIMARY KEY,
  batch TEXT NOT NULL REFERENCES batch,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  state TEXT NOT NULL,
  upstream TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
