-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE SEQUENCE n;
CREATE VIEW v AS SELECT id FROM a;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE ROLE reader;
-- case: 002_b.sql, isolated
GRANT SELECT ON a TO reader; -- warning: this gives rights on table `a`
REVOKE ALL ON FUNCTION f() FROM reader; -- warning: this takes rights on function `f()`
GRANT USAGE ON SCHEMA s TO reader; -- warning: this gives rights on schema `s`
GRANT SELECT ON ALL TABLES IN SCHEMA s TO reader; -- warning: this gives rights on all that is in schema `s`
ALTER SEQUENCE n OWNER TO reader; -- warning: this gives sequence `n` to another role
ALTER FUNCTION f() OWNER TO reader; -- warning: this gives function `f()` to another role
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader; -- warning: this changes the rights
GRANT reader TO CURRENT_USER; -- warning: this gives the rights of a role
REASSIGN OWNED BY reader TO CURRENT_USER; -- warning: this gives all that a role owns to another one
CREATE ROLE own;
CREATE SCHEMA mine;
CREATE TABLE mine.b (id bigint PRIMARY KEY);
GRANT own TO CURRENT_USER;
GRANT ALL ON mine.b TO own;
GRANT ALL ON ALL TABLES IN SCHEMA mine TO own;
ALTER TABLE mine.b OWNER TO own;
ALTER DEFAULT PRIVILEGES IN SCHEMA mine GRANT SELECT ON TABLES TO own;
ALTER TABLE a ADD COLUMN c bigint;
GRANT SELECT (c) ON a TO reader;
GRANT SELECT (c), UPDATE (id) ON a TO reader; -- warning: this gives rights on table `a`
GRANT SELECT ON a TO PUBLIC, reader; -- warning: this gives rights on table `a`
GRANT SELECT ON a, v TO reader; -- warning: this gives rights on table `a`, view `v`
-- case: 003_code.sql, isolated
DO $$ BEGIN -- warning: this gives rights on table `a`
  EXECUTE 'GRANT SELECT ON a TO reader';
END $$;
