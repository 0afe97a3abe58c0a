-- In which kept response an item is, by the name it has there: clients refer to items by it.
CREATE TABLE response_item (
  organisation TEXT NOT NULL,
  api_key TEXT NOT NULL,
  id TEXT NOT NULL,
  response TEXT NOT NULL,
  PRIMARY KEY (organisation, api_key, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX response_item_response ON response_item (organisation, api_key, response);

CREATE TRIGGER response_forgotten AFTER DELETE ON response BEGIN
  DELETE FROM response_item
    WHERE organisation = OLD.organisation AND api_key = OLD.api_key AND response = OLD.id;
END;
