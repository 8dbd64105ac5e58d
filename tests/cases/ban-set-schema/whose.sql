-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE SCHEMA u;
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE p (id bigint) PARTITION BY LIST (id);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE VIEW v AS SELECT id FROM a;
CREATE SEQUENCE n;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN word AS text;
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
-- case: 002_move.sql, isolated
ALTER TABLE a SET SCHEMA s; -- warning: whoever still looks for `a` in schema `public` fails
ALTER TABLE s.a SET SCHEMA u;
ALTER TABLE b SET SCHEMA s;
ALTER TABLE s.b SET SCHEMA public;
ALTER TABLE q SET SCHEMA s;
ALTER VIEW v SET SCHEMA s; -- warning: whoever still looks for `v` in schema `public` fails
ALTER SEQUENCE n SET SCHEMA s; -- warning: `n`
ALTER TYPE mood SET SCHEMA s; -- warning: `mood`
ALTER DOMAIN word SET SCHEMA s; -- warning: `word`
ALTER FUNCTION f(integer) SET SCHEMA s; -- warning: `f`
ALTER FUNCTION t() SET SCHEMA s;
ALTER TABLE c RENAME TO e;
ALTER TABLE e SET SCHEMA s;
ALTER TABLE d SET SCHEMA s;
CREATE VIEW d AS SELECT id FROM s.d;
CREATE TABLE own (id bigint PRIMARY KEY);
ALTER TABLE own SET SCHEMA s;
-- case: 003_code.sql, isolated
DO $$ BEGIN
  IF EXISTS (SELECT FROM s.d) THEN
    ALTER TABLE s.d SET SCHEMA u; -- warning: whoever still looks for `d` in schema `s` fails
  END IF;
END $$;
