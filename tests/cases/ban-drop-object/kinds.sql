-- case: ctb/data/migrations/001_a.sql
CREATE VIEW v AS SELECT 1 AS one;
CREATE SEQUENCE n;
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
-- case: ctb/data/migrations/002_b.sql
DROP VIEW v;
DROP SEQUENCE n; -- warning: sequence `n`
DROP FUNCTION f(integer); -- warning: function `f(integer)`
