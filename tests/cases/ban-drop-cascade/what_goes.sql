-- case: 001_a.sql, isolated
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE a (id bigint PRIMARY KEY, m mood, n bigserial);
CREATE INDEX ON a (m);
CREATE TABLE b (id bigint PRIMARY KEY, a bigint CONSTRAINT b_a REFERENCES a);
CREATE SEQUENCE counter;
CREATE TABLE c (m bigint DEFAULT 1, n bigint DEFAULT nextval('counter'), o bigint DEFAULT nextval('counter'));
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM v;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION f();
-- case: 002_again.sql, isolated
DROP VIEW v CASCADE;
CREATE VIEW v AS SELECT id, id AS number FROM a;
CREATE VIEW w AS SELECT id FROM v;
-- case: 003_named.sql, isolated
DROP VIEW v, w CASCADE;
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM v;
-- case: 004_type.sql, isolated
DROP TYPE mood CASCADE; -- warning: CASCADE takes along column `a.m`
-- case: 005_function.sql, isolated
DROP FUNCTION f() CASCADE; -- warning: CASCADE takes along trigger `g` on `b`
-- case: 006_own.sql, isolated
CREATE VIEW own AS SELECT id FROM w;
DROP VIEW w CASCADE;
CREATE VIEW w AS SELECT id FROM v;
-- case: 007_table.sql, isolated
DROP TABLE a CASCADE; -- warning: CASCADE takes along constraint `b_a` on `b`, view `v`, view `w`
-- case: 008_nothing.sql, isolated
DROP TABLE b CASCADE;
DROP TABLE IF EXISTS somewhere CASCADE;
DROP SEQUENCE counter CASCADE; -- warning: CASCADE takes along the default of column `c.n`
ALTER TABLE c DROP COLUMN o;
-- case: 009_cycle.sql, isolated
CREATE TABLE x (id bigint PRIMARY KEY);
CREATE TABLE y (id bigint PRIMARY KEY, x bigint REFERENCES x);
ALTER TABLE x ADD COLUMN y bigint REFERENCES y;
-- case: 010_cycle.sql, isolated
DROP TABLE x CASCADE;
DROP TABLE y;
