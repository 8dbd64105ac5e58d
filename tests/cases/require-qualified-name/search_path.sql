-- A search path says which schema is meant, but nobody who reads the statement alone sees it.
SET search_path TO marketing, public;
CREATE TABLE company (a int); -- error: `company` is written without its schema
