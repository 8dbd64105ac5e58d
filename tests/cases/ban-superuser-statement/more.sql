-- case: 001_a.sql, isolated
SELECT set_config('session_replication_role', 'replica', false); -- warning: may set `session_replication_role`
SELECT set_config('statement_timeout', '5s', false);
DO $$ BEGIN
  PERFORM set_config('session_replication_role', 'replica', false); -- warning: may set `session_replication_role`
END $$;
SET SESSION AUTHORIZATION postgres; -- warning: only a superuser may take on another user for the session
SET SESSION AUTHORIZATION DEFAULT;
ALTER EVENT TRIGGER e RENAME TO f; -- warning: only a superuser may rename an event trigger
ALTER EVENT TRIGGER f OWNER TO CURRENT_USER; -- warning: give away an event trigger
COMMENT ON EVENT TRIGGER f IS 'x'; -- warning: describe an event trigger
DROP ACCESS METHOD am0; -- warning: drop an access method
DROP TEXT SEARCH TEMPLATE words; -- warning: drop a parser or a template for text search
LOAD 'auto_explain'; -- warning: load a library
UPDATE pg_index SET indisvalid = true WHERE false; -- warning: change a system catalog
DELETE FROM pg_catalog.pg_enum WHERE false; -- warning: change a system catalog
UPDATE pg_settings SET setting = '5' WHERE name = 'statement_timeout';
CREATE TABLE o (id integer PRIMARY KEY);
CREATE TABLE own (a integer REFERENCES o);
ALTER TABLE own DISABLE TRIGGER ALL; -- warning: switch the triggers of foreign keys
ALTER TABLE nobodys DISABLE TRIGGER ALL; -- warning: switch the triggers of foreign keys
CREATE TABLE plain (id integer PRIMARY KEY);
ALTER TABLE plain DISABLE TRIGGER ALL;
ALTER SYSTEM SET work_mem = '8MB'; -- warning: only a superuser, or whoever is granted ALTER SYSTEM on it, may change the settings of the server
