-- case: 001_a.sql, isolated
CREATE DOMAIN d AS text;
CREATE DOMAIN gone AS text;
CREATE DOMAIN listed AS text;
CREATE TABLE a (id bigint PRIMARY KEY, b d);
CREATE TABLE c (id bigint PRIMARY KEY, b gone);
CREATE TABLE l (id bigint PRIMARY KEY, b listed[]);
CREATE MATERIALIZED VIEW m AS SELECT b FROM a;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER DOMAIN d RENAME TO e;
CREATE DOMAIN d AS text;
ALTER DOMAIN d SET NOT NULL;
ALTER DOMAIN e SET NOT NULL; -- warning: this reads all of `a` and `m`, and keeps
ALTER DOMAIN e SET NOT NULL;
ALTER TABLE c DROP COLUMN b; -- migration-lint: allow(ban-drop-column): nobody reads it
ALTER DOMAIN gone SET NOT NULL;
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
DO $$ BEGIN
  ALTER DOMAIN e ADD CONSTRAINT e_check CHECK (VALUE <> 'x') NOT VALID;
  ALTER DOMAIN e VALIDATE CONSTRAINT e_check; -- warning: this reads all of `a` and `m`, and keeps
END $$;
ALTER DOMAIN e ADD CONSTRAINT later CHECK (VALUE <> 'y') NOT VALID;
ALTER DOMAIN e VALIDATE CONSTRAINT later;
BEGIN;
TRUNCATE a; -- migration-lint: allow(ban-truncate): nobody reads it
ALTER DOMAIN e ADD CHECK (VALUE <> ''); -- warning: this reads all of `m`, and keeps
COMMIT;
-- case: 004_d.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER DOMAIN listed ADD CHECK (VALUE <> '');
