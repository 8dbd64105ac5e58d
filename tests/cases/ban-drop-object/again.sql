-- case: 001_a.sql, isolated
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION f(i text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION h(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE VIEW v AS SELECT 1 AS n;
-- case: 002_b.sql, isolated
DROP FUNCTION f(integer); -- warning: function `f(integer)` is dropped
DROP FUNCTION g(integer); -- warning: function `g(integer)` is dropped
CREATE FUNCTION g(a integer, b integer, c integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION h(integer);
CREATE FUNCTION h(i bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION e();
ALTER VIEW v RENAME TO v_old;
DROP VIEW v_old; -- warning: view `v` is dropped
DROP FUNCTION IF EXISTS nobodys; -- warning: function `nobodys` is dropped
