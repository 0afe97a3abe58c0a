-- Turns of OpenAI's Responses that clients asked to keep, where the operator permits it. They hold
-- prompts and answers: personal data, deleted when its time has passed.
CREATE TABLE response (
  organisation TEXT NOT NULL,
  api_key TEXT NOT NULL,
  id TEXT NOT NULL,
  previous TEXT,
  expires INTEGER NOT NULL,
  input BLOB NOT NULL,
  response BLOB NOT NULL,
  PRIMARY KEY (organisation, api_key, id)
) STRICT;

CREATE INDEX response_expires ON response (expires);
