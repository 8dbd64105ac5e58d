-- case: 001_a.sql, isolated
CREATE TYPE kind AS ENUM ('a', 'b', 'c');
CREATE SCHEMA s;
CREATE TABLE s.w (id bigint PRIMARY KEY);
CREATE SCHEMA t;
CREATE TABLE t.w (id bigint PRIMARY KEY);
CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql AS 'SELECT i';
CREATE FUNCTION f(i text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- case: 002_b.sql, isolated
ALTER SCHEMA s RENAME TO s3; -- warning: whoever still calls what is in schema `s` by that name fails
CREATE SCHEMA s;
ALTER SCHEMA t RENAME TO t3;
CREATE SCHEMA t;
CREATE VIEW t.w AS SELECT id FROM t3.w;
ALTER FUNCTION f(integer) RENAME TO g; -- warning: function `f(integer)`
ALTER TYPE kind RENAME VALUE 'a' TO 't'; -- warning: whoever still writes `'a'` as a value of type `kind` means another one
ALTER TYPE kind RENAME VALUE 'b' TO 'a'; -- warning: whoever still writes `'b'` as a value of type `kind` means another one
ALTER TYPE kind RENAME VALUE 't' TO 'b';
