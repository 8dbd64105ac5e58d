-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
CREATE TABLE e (id bigint PRIMARY KEY);
CREATE TABLE f (id bigint PRIMARY KEY);
CREATE TABLE g (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT 1 AS n;
CREATE TABLE todo (q text);
-- case: 002_returns.sql, isolated
DO $$ BEGIN
  IF version() LIKE '%x%' THEN RETURN; END IF;
  ALTER TABLE a SET SCHEMA s; -- warning: `a`
END $$;
-- case: 003_calls.sql, isolated
DO $$ BEGIN
  PERFORM do_it();
  ALTER TABLE b SET SCHEMA s; -- warning: `b`
END $$;
-- case: 004_before.sql, isolated
DO $$ BEGIN
  ALTER TABLE c SET SCHEMA s; -- warning: `c`
  EXECUTE (SELECT q FROM todo);
END $$;
-- case: 005_raises.sql, isolated
DO $$ BEGIN
  IF version() LIKE '%x%' THEN RAISE EXCEPTION 'no'; END IF;
  ALTER TABLE d SET SCHEMA s; -- warning: `d`
END $$;
-- case: 006_case.sql, isolated
DO $$ BEGIN
  CASE WHEN version() LIKE '%x%' THEN ALTER TABLE e SET SCHEMA s; END CASE; -- warning: `e`
END $$;
-- case: 007_handler.sql, isolated
DO $$ BEGIN
  PERFORM do_it();
EXCEPTION WHEN OTHERS THEN
  ALTER TABLE f SET SCHEMA s; -- warning: `f`
END $$;
-- case: 008_back.sql, isolated
DO $$ BEGIN
  PERFORM do_it();
  ALTER TABLE g SET SCHEMA s;
  CREATE VIEW g AS SELECT id FROM s.g;
  ALTER VIEW v SET SCHEMA s;
END $$;
CREATE VIEW v AS SELECT n FROM s.v;
