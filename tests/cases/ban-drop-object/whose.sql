-- case: 001_a.sql, isolated
CREATE EXTENSION citext;
CREATE TABLE a (id bigserial PRIMARY KEY, n bigint);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM a;
CREATE VIEW w AS SELECT id FROM a;
CREATE VIEW x AS SELECT id FROM a;
CREATE MATERIALIZED VIEW m AS SELECT id FROM a;
CREATE SEQUENCE n;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TYPE point2 AS (x integer, y integer);
CREATE DOMAIN word AS text;
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION h(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION g();
CREATE TRIGGER u BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION g();
CREATE TRIGGER t BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION g();
CREATE POLICY o ON a USING (true);
CREATE INDEX a_n ON a (n);
-- case: 002_drop.sql, isolated
DROP INDEX a_n;
DROP VIEW v, w; -- warning: view `v` is dropped: whoever still names it fails
CREATE VIEW w AS SELECT id, n FROM a;
ALTER VIEW x RENAME TO x_old;
CREATE VIEW x AS SELECT id, n FROM a;
DROP VIEW x_old;
DROP MATERIALIZED VIEW m; -- warning: materialized view `m`
DROP SEQUENCE n; -- warning: sequence `n` is dropped
DROP TYPE mood; -- warning: type `mood`
DROP TYPE point2; -- warning: type `point2`
DROP DOMAIN word; -- warning: domain `word`
DROP FUNCTION f(integer); -- warning: function `f(integer)` is dropped: whoever still calls it fails
DROP FUNCTION IF EXISTS h(integer);
CREATE FUNCTION h(i integer, j integer DEFAULT 0) RETURNS integer LANGUAGE sql AS 'SELECT i + j';
DROP TRIGGER t ON a; -- warning: trigger `t` on `a` is dropped: what it did with each change is no longer done
DROP TRIGGER IF EXISTS u ON a;
CREATE TRIGGER u BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION g();
DROP TRIGGER t ON b;
DROP TABLE b;
DROP POLICY o ON a; -- warning: policy `o` on `a`
DROP EXTENSION citext; -- warning: extension `citext` is dropped: whoever still names what it brought fails
-- case: 003_triggers.sql, isolated
DROP TRIGGER u ON a; -- warning: trigger `u` on `a`
DROP FUNCTION g();
CREATE VIEW own AS SELECT 1 AS one;
DROP VIEW own;
DROP TRIGGER IF EXISTS nothing ON a;
-- case: 004_elsewhere.sql, isolated
DROP VIEW IF EXISTS another; -- warning: `another` is dropped
DROP FUNCTION IF EXISTS made();
CREATE FUNCTION made() RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP TRIGGER IF EXISTS made ON elsewhere;
CREATE TRIGGER made BEFORE INSERT ON elsewhere FOR EACH ROW EXECUTE FUNCTION trigger_of_elsewhere();
