-- migration: functions
CREATE FUNCTION f1() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f1() RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE OR REPLACE FUNCTION f1() RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE OR REPLACE FUNCTION f1() RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION f1(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION f1(a text, b integer DEFAULT 5) RETURNS integer LANGUAGE sql AS 'SELECT b';
CREATE OR REPLACE FUNCTION f1(x integer) RETURNS integer LANGUAGE sql AS 'SELECT x';
CREATE OR REPLACE FUNCTION f1(a text, b integer) RETURNS integer LANGUAGE sql AS 'SELECT b';
CREATE FUNCTION f2(a integer) RETURNS nothing LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3(a nothing) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS integer LANGUAGE nothing AS 'SELECT 1';
CREATE FUNCTION f5() RETURNS integer LANGUAGE sql AS 'SELECT nothing';
CREATE FUNCTION f6() RETURNS integer LANGUAGE sql AS 'SELECT * FROM nothing';
CREATE FUNCTION f7() RETURNS integer LANGUAGE sql AS 'SELECT ''x''::text';
CREATE FUNCTION f8() RETURNS integer LANGUAGE sql AS 'SELEC 1';
CREATE FUNCTION f9() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN nothing; END';
CREATE FUNCTION f10() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1';
CREATE FUNCTION f11() RETURNS integer LANGUAGE plpgsql AS $$ DECLARE x nothing; BEGIN RETURN 1; END $$;
CREATE FUNCTION f12(a integer, a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f13(a integer DEFAULT 1, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f14(a integer DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f15() LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f16(OUT a integer, OUT b text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
CREATE FUNCTION f17(OUT a integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION f18() RETURNS TABLE (a integer, b text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
CREATE FUNCTION f19(VARIADIC a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT a[1]';
CREATE FUNCTION f20(a integer, INOUT b integer) LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION f21() RETURNS integer LANGUAGE sql RETURN 1 + 1;
CREATE FUNCTION f22(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a; SELECT a + 1; END;
CREATE FUNCTION f23() RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION f24() RETURNS void LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f25() RETURNS integer LANGUAGE sql AS '';
CREATE FUNCTION f26(a anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION f27() RETURNS anyelement LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f28() RETURNS integer LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE LEAKPROOF COST 5 SET search_path = public, pg_temp AS 'SELECT 1';
CREATE FUNCTION f29() RETURNS SETOF integer LANGUAGE sql STABLE ROWS 10 AS 'SELECT 1';
CREATE FUNCTION f30() RETURNS integer LANGUAGE sql ROWS 10 AS 'SELECT 1';
CREATE FUNCTION f31() RETURNS integer LANGUAGE sql IMMUTABLE STABLE AS 'SELECT 1';
CREATE FUNCTION f32() RETURNS integer LANGUAGE sql SET nothing = 1 AS 'SELECT 1';
CREATE FUNCTION f33() RETURNS integer LANGUAGE sql;
CREATE FUNCTION nowhere.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- down
DROP FUNCTION f1(), f1(integer), f1(text, integer), f16, f18, f19, f20, f21, f22, f23, f24, f26, f28, f29;

-- migration: drop
CREATE FUNCTION d(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION d(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION e(a integer, b text DEFAULT 'x', OUT c integer) LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION d;
DROP FUNCTION d();
DROP FUNCTION nothing;
DROP FUNCTION nothing();
DROP FUNCTION IF EXISTS nothing();
DROP FUNCTION IF EXISTS nothing(nothing);
DROP FUNCTION d(nothing);
DROP FUNCTION p;
DROP PROCEDURE d(integer);
DROP FUNCTION e(integer);
DROP FUNCTION e(integer, text);
DROP PROCEDURE p(integer);
DROP ROUTINE d(integer);
DROP FUNCTION d;
DROP FUNCTION IF EXISTS d;
DROP FUNCTION nowhere.d();
DROP FUNCTION IF EXISTS nowhere.d();
DROP AGGREGATE d(integer);

-- migration: alter
CREATE FUNCTION a(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION b(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION a(integer) RENAME TO b;
ALTER FUNCTION a(integer) RENAME TO c;
ALTER FUNCTION c RENAME TO a;
ALTER FUNCTION a(integer) IMMUTABLE STRICT COST 10 SECURITY DEFINER PARALLEL RESTRICTED;
ALTER FUNCTION a(integer) CALLED ON NULL INPUT SECURITY INVOKER;
ALTER FUNCTION a(integer) SET work_mem = '1MB';
ALTER FUNCTION a(integer) SET search_path FROM CURRENT;
ALTER FUNCTION a(integer) RESET work_mem;
ALTER FUNCTION a(integer) RESET ALL;
ALTER FUNCTION a(integer) ROWS 5;
ALTER FUNCTION a(text) STABLE;
ALTER FUNCTION a(integer) OWNER TO nothing;
ALTER FUNCTION a(integer) SET SCHEMA nothing;
ALTER PROCEDURE a(integer) RENAME TO x;
ALTER ROUTINE a(integer) VOLATILE;
COMMENT ON FUNCTION a(integer) IS 'about a';
COMMENT ON FUNCTION a(text) IS 'about a';
CREATE SCHEMA fs;
ALTER FUNCTION a(integer) SET SCHEMA fs;
ALTER FUNCTION a(integer) SET SCHEMA fs;
DROP SCHEMA fs;
-- down
DROP SCHEMA fs CASCADE;
DROP FUNCTION b;

-- migration: dependencies
CREATE TABLE t (id integer, x text);
CREATE FUNCTION plus(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE FUNCTION uses_table() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION takes_row(t) RETURNS text LANGUAGE sql AS 'SELECT $1.x';
CREATE FUNCTION atomic() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(x) FROM t; END;
CREATE VIEW v AS SELECT plus(id) AS p FROM t;
CREATE TABLE d (a integer DEFAULT plus(1), b integer CHECK (plus(b) > 2), c integer GENERATED ALWAYS AS (plus(b)) STORED);
CREATE INDEX i ON t (plus(id));
DROP FUNCTION plus(integer);
DROP TABLE t;
ALTER TABLE t DROP COLUMN x;
DROP FUNCTION atomic;
ALTER TABLE t DROP COLUMN x;
CREATE OR REPLACE FUNCTION plus(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + 2';
ALTER FUNCTION plus(integer) RENAME TO inc;
DROP FUNCTION inc CASCADE;
DROP TABLE t CASCADE;
-- down
DROP TABLE d;

-- migration: procedures
CREATE PROCEDURE pr(a integer, INOUT b integer DEFAULT 1) LANGUAGE plpgsql AS 'BEGIN b := a; END';
CREATE PROCEDURE pr(a integer, INOUT b integer) LANGUAGE sql AS 'SELECT a';
CREATE OR REPLACE PROCEDURE pr(a integer, INOUT b integer DEFAULT 1) LANGUAGE plpgsql AS 'BEGIN b := a + 1; END';
CREATE OR REPLACE FUNCTION pr(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE called (a integer);
CREATE PROCEDURE ins(a integer) LANGUAGE sql AS 'INSERT INTO called VALUES (a)';
CALL ins(5);
CALL ins('x');
CALL nothing();
CALL pr(1, 2);
SELECT pr(1, 2);
CREATE PROCEDURE tx() LANGUAGE plpgsql AS 'BEGIN INSERT INTO called VALUES (1); COMMIT; INSERT INTO called VALUES (2); END';
CALL tx();
BEGIN;
CALL tx();
ROLLBACK;
CREATE FUNCTION notproc() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CALL notproc();
-- down
DROP PROCEDURE pr, ins, tx;
DROP FUNCTION notproc;
DROP TABLE called;

-- migration: aggregates
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE OR REPLACE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE bad(integer) (SFUNC = nothing, STYPE = integer);
CREATE AGGREGATE bad(integer) (SFUNC = int4pl);
CREATE FUNCTION addf(float8, integer) RETURNS float8 LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE totalf(integer) (SFUNC = addf, STYPE = float8, INITCOND = '0');
DROP FUNCTION addf;
CREATE VIEW va AS SELECT total(x) AS t FROM (VALUES (1), (2)) v (x);
DROP AGGREGATE total(integer);
DROP AGGREGATE totalf(integer);
DROP AGGREGATE nothing(integer);
ALTER AGGREGATE total(integer) RENAME TO summe;
COMMENT ON AGGREGATE summe(integer) IS 'adds';
-- down
DROP VIEW va;
DROP AGGREGATE summe(integer);
DROP FUNCTION addf;

-- migration: bodies that are not checked
CREATE FUNCTION late() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM not_there_yet); END $$;
SELECT late();
CREATE TABLE not_there_yet (a integer);
SELECT late();
SET check_function_bodies = off;
CREATE FUNCTION unchecked() RETURNS integer LANGUAGE sql AS 'SELECT x FROM really_nothing';
CREATE FUNCTION unchecked2() RETURNS integer LANGUAGE sql AS 'SELEC';
RESET check_function_bodies;
CREATE FUNCTION checked() RETURNS integer LANGUAGE sql AS 'SELECT x FROM really_nothing';
DROP TABLE not_there_yet;
-- down
DROP FUNCTION late, unchecked, unchecked2;

-- migration: calls
CREATE FUNCTION ov(integer) RETURNS text LANGUAGE sql AS $$ SELECT 'int' $$;
CREATE FUNCTION ov(text) RETURNS text LANGUAGE sql AS $$ SELECT 'text' $$;
CREATE FUNCTION ov(numeric, text DEFAULT 'x') RETURNS text LANGUAGE sql AS $$ SELECT 'num' $$;
CREATE VIEW cv AS SELECT ov(1) AS a, ov('x') AS b, ov(1.5) AS c, ov(1::bigint) AS d, ov('x'::varchar) AS e, ov(NULL) AS f;
CREATE VIEW cv2 AS SELECT ov(true);
CREATE VIEW cv3 AS SELECT ov();
CREATE FUNCTION nm(first integer, second text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'SELECT second';
CREATE VIEW cv4 AS SELECT nm(second => 'y', first => 1) AS a;
CREATE VIEW cv5 AS SELECT nm(third => 1);
CREATE FUNCTION am(a integer, b bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION am(a bigint, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW cv6 AS SELECT am(1, 2);
DROP FUNCTION ov(integer);
DROP FUNCTION ov(numeric, text);
-- down
DROP VIEW cv, cv4;
DROP FUNCTION ov(integer), ov(text), ov(numeric, text), nm, am(integer, bigint), am(bigint, integer);
