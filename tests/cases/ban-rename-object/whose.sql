-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE a (id bigserial PRIMARY KEY, n bigint CONSTRAINT positive CHECK (n > 0));
CREATE INDEX a_n ON a (n);
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM a;
CREATE MATERIALIZED VIEW m AS SELECT id FROM a;
CREATE SEQUENCE n;
CREATE TYPE mood AS ENUM ('good', 'bad', 'so so');
CREATE TYPE point2 AS (x integer, y integer);
CREATE DOMAIN word AS text;
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION g();
CREATE POLICY o ON a USING (true);
CREATE SCHEMA u;
-- case: 002_rename.sql, isolated
ALTER TABLE a RENAME TO b;
ALTER TABLE b RENAME COLUMN n TO number;
ALTER TABLE b RENAME CONSTRAINT positive TO above_zero;
ALTER INDEX a_n RENAME TO b_n;
ALTER TRIGGER t ON b RENAME TO h;
ALTER POLICY o ON b RENAME TO p;
ALTER SEQUENCE a_id_seq RENAME TO b_id_seq;
ALTER FUNCTION g() RENAME TO h;
ALTER VIEW v RENAME TO v1; -- warning: whoever still calls view `v` by that name fails
ALTER VIEW v1 RENAME TO v2;
ALTER TABLE w RENAME TO w1;
CREATE VIEW w AS SELECT id FROM w1;
ALTER MATERIALIZED VIEW m RENAME TO m1; -- warning: materialized view `m`
ALTER SEQUENCE n RENAME TO n1; -- warning: sequence `n`
ALTER TYPE mood RENAME VALUE 'good' TO 'fine'; -- warning: whoever still writes `'good'` as a value of type `mood` fails
ALTER TYPE mood RENAME VALUE 'fine' TO 'well';
ALTER TYPE mood RENAME VALUE 'bad' TO 'ill';
ALTER TYPE mood RENAME VALUE 'ill' TO 'bad';
ALTER TYPE mood RENAME TO humour; -- warning: type `mood`
ALTER TYPE point2 RENAME ATTRIBUTE x TO z; -- warning: whoever still calls `x` of type `point2` by that name fails
ALTER DOMAIN word RENAME TO term; -- warning: domain `word`
ALTER FUNCTION f(integer) RENAME TO same; -- warning: function `f(integer)`
ALTER SCHEMA s RENAME TO z; -- warning: whoever still calls what is in schema `s` by that name fails
CREATE SCHEMA own;
ALTER SCHEMA own RENAME TO mine;
ALTER SCHEMA u RENAME TO x;
DROP SCHEMA x;
