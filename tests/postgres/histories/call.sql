-- Calls that are casts, and what only calls of aggregates and window functions take.

-- migration: start
CREATE SCHEMA s;
CREATE TYPE e AS ENUM ('x', 'y');
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE DOMAIN s.d AS text;
CREATE TYPE c AS (a integer, b text);
CREATE TABLE t (a integer, b text, at date, j json, u d, v varchar(10));
CREATE TABLE k (z integer) INHERITS (t);
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';

-- migration: casts
CREATE VIEW v1 AS SELECT date(b) AS a, text(a) AS b, int4(b) AS c, bpchar(a) AS d, name(a) AS e, jsonb(b) AS f, jsonb(j) AS g FROM t;
CREATE VIEW v2 AS SELECT text(ARRAY[1]) AS a, _int4(b) AS b, int4range(b) AS c, text(VARIADIC ARRAY[1]) AS d FROM t;
CREATE VIEW v3 AS SELECT e('x') AS a, e(b) AS b, e('y') = 'x' AS c, public.e(b) AS d FROM t;
CREATE VIEW v4 AS SELECT d(a) AS a, d('1') AS b, s.d(b) AS c, s.d(a) AS d FROM t;
CREATE VIEW v5 AS SELECT date('2020-01-01') AS a, text(NULL) AS b, _t(b) AS c, pg_catalog.date(b) AS d, text(date(b)) || 'x' AS e FROM t;
CREATE VIEW v6 AS SELECT * FROM date('2020-01-01'::text);
SELECT * FROM e('x'::text);
CREATE TABLE u AS SELECT date(b) AS a, text(a) AS b, e(b) AS c FROM t;
ALTER TYPE e RENAME TO e2;
DROP TYPE e2;
ALTER TABLE t ADD CHECK (text(a) <> '');
CREATE INDEX ON t ((text(a)));
CREATE INDEX ON t (text(a));
INSERT INTO u SELECT date('2020-01-02'::text), text(3), 'x' WHERE int4('4'::text) = 4;
INSERT INTO u SELECT date('nothing'::text);
-- down
DROP TABLE u;
DROP VIEW v1, v2, v3, v4, v5, v6;

-- migration: no casts
SELECT date(j) FROM t;
SELECT date(a) FROM t;
SELECT date(u) FROM t;
SELECT text(t) FROM t;
SELECT text(ROW(1, 2));
SELECT record(a) FROM t;
SELECT t(b) FROM t;
SELECT c(b) FROM t;
SELECT c(ROW(1, 2));
SELECT t(k) FROM k;
SELECT k(t) FROM t;
SELECT s.date(b) FROM t;
SELECT pg_catalog.e(b) FROM t;
SELECT nowhere.date(b) FROM t;
SELECT nowhere.f(1);
CREATE INDEX ON t ((date(b)));
CREATE INDEX ON t ((int4(b) + 1));
ALTER TABLE t ALTER COLUMN a TYPE integer USING date(b);
ALTER TABLE t ALTER COLUMN a TYPE nothing USING date(b);
ALTER TABLE t ALTER COLUMN at TYPE date USING date(b);
CREATE AGGREGATE text_of(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = text);
CREATE VIEW w AS SELECT date(b) AS at, b, count(*) AS n FROM t;

-- migration: functions come first
CREATE FUNCTION d(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE VIEW w AS SELECT d(b) AS a, d(a) AS b FROM t;
DROP DOMAIN d;
DROP FUNCTION d(text);
-- down
DROP VIEW w;
DROP FUNCTION d(text);

-- migration: what only aggregates take
SELECT f(DISTINCT a) FROM t;
SELECT f(a ORDER BY a) FROM t;
SELECT f(a) FILTER (WHERE true) FROM t;
SELECT f(a) OVER () FROM t;
SELECT lower(DISTINCT b) FROM t;
SELECT current_schema(*);
SELECT date(DISTINCT b) FROM t;
SELECT date(b) OVER () FROM t;
SELECT count(DISTINCT b), string_agg(b, ',' ORDER BY a), count(*) FILTER (WHERE a > 1) FROM t;
SELECT count(DISTINCT b) OVER () FROM t;
SELECT string_agg(b, ',' ORDER BY a) OVER () FROM t;
SELECT count(*) FILTER (WHERE a > 1) OVER (), rank() OVER (ORDER BY a) FROM t;
SELECT rank() FILTER (WHERE true) OVER () FROM t;

-- migration: casts that say nothing
CREATE INDEX ON t ((b::text));
CREATE INDEX ON t ((v::varchar));
CREATE INDEX ON t ((v::varchar(10)));
CREATE INDEX ON t ((v::varchar(5)));
CREATE INDEX ON t ((v::text));
CREATE INDEX ON t ((CAST((b)::text AS text)));

-- migration: a cast that comes to say nothing
CREATE TABLE since (at timestamp);
CREATE INDEX since_at ON since (date(at));
ALTER TABLE since ALTER at TYPE date;

-- migration: a key is the column then
DROP INDEX since_at;
-- down
CREATE INDEX since_at ON since (at);
