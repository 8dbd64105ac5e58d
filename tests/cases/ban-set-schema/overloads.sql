-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION f(i text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE EXTENSION pg_trgm;
CREATE VIEW v AS SELECT 1 AS n;
CREATE VIEW x AS SELECT 1 AS n;
-- case: 002_b.sql, isolated
ALTER FUNCTION f(integer) SET SCHEMA s; -- warning: `f`
ALTER FUNCTION g(integer) SET SCHEMA s;
CREATE FUNCTION g(i bigint, j integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER VIEW v RENAME TO w;
ALTER VIEW w SET SCHEMA s; -- warning: whoever still looks for `v` in schema `public` fails
ALTER VIEW x RENAME TO y;
ALTER VIEW y SET SCHEMA s;
CREATE VIEW x AS SELECT n FROM s.y;
ALTER EXTENSION pg_trgm SET SCHEMA s; -- warning: whoever still looks for what extension `pg_trgm` brought in schema `public` fails
