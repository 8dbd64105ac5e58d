-- Queries and parts of queries that the server does not run, and what it runs only as far as somebody asks for rows.

-- migration: start
CREATE TABLE t (a integer);
CREATE TABLE u (a integer PRIMARY KEY, b integer);
CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE made_' || n || ' ()'; RETURN n; END $$;

-- migration: common table expressions
-- undone
WITH w AS (SELECT f(1)) SELECT 1;
WITH w AS (SELECT f(2)) SELECT * FROM w;
WITH w AS MATERIALIZED (SELECT f(3)) SELECT 1;
WITH w AS (INSERT INTO t SELECT f(4) RETURNING a) SELECT 1;
WITH w AS (SELECT f(5)), v AS (SELECT * FROM w) SELECT 1;
WITH w AS (SELECT f(6) AS a), v AS (INSERT INTO t SELECT a FROM w RETURNING a) SELECT 1;
WITH w AS (SELECT f(7) AS a) INSERT INTO t SELECT 1;
WITH w AS (SELECT f(8) AS a) INSERT INTO t SELECT a FROM w;
WITH w AS NOT MATERIALIZED (SELECT f(9)) SELECT 1;
WITH w AS (SELECT f(10) AS a) SELECT 1 WHERE EXISTS (SELECT a FROM w);
WITH w AS (SELECT f(11) AS a) SELECT 1 WHERE 1 IN (SELECT a FROM w);
WITH w AS (SELECT f(12) AS a) SELECT (SELECT a FROM w), (SELECT a FROM w);
WITH w AS (SELECT f(19)) UPDATE t SET a = 1;
WITH w AS (SELECT f(20)) DELETE FROM t;
WITH RECURSIVE w AS (SELECT f(21) AS a UNION ALL SELECT a + 1 FROM w WHERE a < 20) SELECT 1;
WITH RECURSIVE w AS (SELECT f(22) AS a UNION ALL SELECT a + 1 FROM w WHERE a < 20) SELECT * FROM w;
SELECT 1 FROM (WITH w AS (SELECT f(23)) SELECT 2) s;

-- migration: limits
-- undone
SELECT f(1) LIMIT 0;
SELECT * FROM f(30) LIMIT 0;
VALUES (f(35)) LIMIT 0;
SELECT f(38) OFFSET 1;
SELECT f(39) LIMIT NULL;
SELECT f(40) LIMIT (SELECT 0);
SELECT 1 FROM (SELECT f(41) LIMIT 0) s;
SELECT 1 FROM (SELECT f(42)) s LIMIT 0;
INSERT INTO t SELECT f(43) LIMIT 0;
SELECT count(f(n)) FROM generate_series(44, 46) n LIMIT 1;
SELECT f(50), count(*) LIMIT 0;
SELECT f(51) FETCH FIRST 0 ROWS ONLY;
SELECT 1 LIMIT f(52);
SELECT 1 OFFSET f(53);

-- migration: queries in expressions
-- undone
SELECT EXISTS (SELECT f(1));
SELECT 1 WHERE EXISTS (SELECT f(2));
SELECT 1 WHERE NOT EXISTS (SELECT f(3));
SELECT EXISTS (SELECT f(n) FROM generate_series(7, 9) n);
SELECT EXISTS (SELECT f(10) FROM t);
SELECT EXISTS (SELECT f(11) WHERE false);
SELECT EXISTS (SELECT count(f(14)));
SELECT EXISTS (SELECT f(15) LIMIT 1);
SELECT EXISTS (SELECT f(16) LIMIT 0);
SELECT EXISTS (SELECT f(17) OFFSET 0);
SELECT EXISTS (SELECT DISTINCT f(18));
SELECT EXISTS (SELECT 1 ORDER BY f(19));
SELECT EXISTS (SELECT 1 GROUP BY f(20));
SELECT EXISTS (VALUES (f(21)));
SELECT EXISTS (SELECT * FROM (SELECT f(23)) s);
SELECT EXISTS (SELECT 1 HAVING f(24) > 0);
SELECT EXISTS (SELECT f(25) FOR UPDATE);
SELECT EXISTS (WITH w AS (SELECT f(26)) SELECT * FROM w);
SELECT 1 IN (SELECT f(31));
SELECT 1 IN (SELECT f(n) FROM generate_series(32, 34) n);
SELECT (SELECT f(35));
SELECT ARRAY(SELECT f(n) FROM generate_series(41, 42) n);
SELECT 43 = ANY (SELECT f(n) FROM generate_series(43, 44) n);
SELECT 1 WHERE 46 IN (SELECT f(46));
SELECT 1 FROM (SELECT f(47)) s;
SELECT 1 FROM (SELECT f(48) AS a, 2 AS b) s;
SELECT b FROM (SELECT f(49) AS a, 2 AS b) s;
SELECT count(*) FROM (SELECT f(50)) s;
SELECT 1 FROM (SELECT f(52)) s, t;
SELECT 1 FROM (SELECT f(54)) s LEFT JOIN t ON true;
SELECT 1 FROM (SELECT f(55)) s WHERE false;

-- migration: conditions
-- undone
SELECT f(1) WHERE false;
SELECT f(2) FROM t;
SELECT f(3) WHERE NULL;
SELECT f(4) > 0 AND false;
SELECT false AND f(5) > 0;
SELECT f(6) > 0 OR true;
SELECT true OR f(7) > 0;
SELECT 1 WHERE f(8) > 0 AND false;
SELECT CASE WHEN false THEN f(9) ELSE 1 END;
SELECT CASE WHEN true THEN 1 ELSE f(10) END;
SELECT CASE 1 WHEN 1 THEN 1 ELSE f(11) END;
SELECT CASE WHEN f(12) > 0 THEN f(13) ELSE f(14) END;
SELECT COALESCE(1, f(15));
SELECT COALESCE(NULL, f(16), f(17));
SELECT COALESCE(f(18), f(19));
SELECT NULL + f(20);
SELECT f(22) IS NULL OR true;
SELECT NULLIF(f(23), 1), GREATEST(f(24), f(25));
SELECT count(f(26)) FILTER (WHERE false);
SELECT count(f(27)) FILTER (WHERE true);
SELECT f(28), count(*) HAVING false;
SELECT f(29), count(*) FROM t;
SELECT f(30), count(*) FROM t GROUP BY a;
SELECT 1 WHERE f(31) > 0 AND f(32) < 0 AND f(33) > 0;
SELECT f(34) FROM generate_series(1, 0);
SELECT f(35) + NULL::integer;
SELECT format('%s', f(36)), concat(f(37), NULL);
SELECT 1 WHERE (SELECT false) AND f(41) > 0;
SELECT 1 WHERE f(42) > 0 AND (SELECT false);
SELECT NULL AND f(43) > 0;
SELECT f(44) > 0 AND NULL;
SELECT NOT (f(45) > 0 AND false);
SELECT CASE WHEN NULL THEN f(46) END;
SELECT CASE f(47) WHEN 1 THEN f(48) WHEN 47 THEN f(49) END;
SELECT (f(50) > 0) = true;
SELECT f(51) FROM generate_series(1, 1) WHERE 1 = 2;
SELECT f(52) UNION ALL SELECT f(53) WHERE false;
SELECT f(54) EXCEPT SELECT f(55);
SELECT f(56) INTERSECT SELECT f(57);
SELECT 1 WHERE false EXCEPT SELECT f(58);
SELECT 1 WHERE false INTERSECT SELECT f(59);
SELECT 1 WHERE false UNION ALL SELECT f(60);

-- migration: changes
-- undone
INSERT INTO u VALUES (1, f(1));
INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = f(2);
INSERT INTO u VALUES (2, 2) ON CONFLICT (a) DO UPDATE SET b = f(3);
INSERT INTO u VALUES (2, f(4)) ON CONFLICT DO NOTHING;
INSERT INTO u VALUES (2, 2) ON CONFLICT (a) DO UPDATE SET b = 3 WHERE f(5) < 0;
INSERT INTO u VALUES (2, 2) ON CONFLICT DO NOTHING RETURNING f(6);
UPDATE u SET b = f(8) WHERE a = 100;
UPDATE u SET b = f(9) WHERE a = 1 RETURNING f(10);
UPDATE u SET b = 1 WHERE f(11) < 0 AND a = 1;
DELETE FROM u WHERE a = 100 AND f(12) > 0;
DELETE FROM u WHERE false RETURNING f(13);
CREATE TABLE c1 AS SELECT f(18) AS a WITH NO DATA;
CREATE TABLE c2 AS SELECT f(19) AS a;
CREATE MATERIALIZED VIEW c3 AS SELECT 20 AS a WITH NO DATA;
CREATE VIEW c4 AS SELECT f(21) AS a;
EXPLAIN SELECT f(22);
EXPLAIN ANALYZE SELECT f(23);
EXPLAIN WITH w AS (INSERT INTO t SELECT f(26)) SELECT 1;
SELECT 1 FROM c4;
SELECT a FROM c4 LIMIT 0;
CREATE TABLE c5 AS WITH w AS (SELECT f(27)) SELECT 1 AS a;
COPY (SELECT f(31) LIMIT 0) TO '/dev/null';
COPY (SELECT f(32)) TO '/dev/null';

-- migration: code
-- undone
DO $$ BEGIN PERFORM f(1); PERFORM EXISTS (SELECT f(2)); PERFORM 1 FROM (SELECT f(3)) s; END $$;
DO $$ BEGIN IF EXISTS (SELECT f(4)) THEN PERFORM f(5); END IF; IF NOT EXISTS (SELECT f(6)) THEN PERFORM f(7); END IF; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT f(n) FROM generate_series(14, 16) n LOOP EXIT; END LOOP; END $$;
DO $$ BEGIN PERFORM f(n) FROM generate_series(17, 19) n; END $$;
DO $$ DECLARE x integer := 1; BEGIN x := f(n) FROM generate_series(20, 20) n; END $$;
DO $$ DECLARE x integer; BEGIN WITH w AS (SELECT f(23)) SELECT 1 INTO x; END $$;
DO $$ DECLARE x integer; BEGIN x := (WITH w AS (SELECT f(24)) SELECT 1); x := (SELECT f(25) LIMIT 0); END $$;
DO $$ DECLARE x integer; BEGIN EXECUTE 'SELECT f(26)' INTO x; EXECUTE 'SELECT f(27)'; EXECUTE 'SELECT f(28) LIMIT 0'; END $$;
DO $$ DECLARE x integer; BEGIN EXECUTE 'SELECT f(n) FROM generate_series(29, 31) n' INTO x; END $$;
DO $$ BEGIN IF false AND f(32) > 0 THEN NULL; END IF; IF true OR f(33) > 0 THEN NULL; END IF; IF f(34) > 0 OR true THEN NULL; END IF; END $$;
DO $$ BEGIN RETURN; PERFORM f(35); END $$;
DO $$ BEGIN ASSERT f(36) > 0; ASSERT true, f(37)::text; END $$;
DO $$ BEGIN RAISE DEBUG '%', f(38); END $$;
CREATE FUNCTION g1() RETURNS integer LANGUAGE sql AS 'SELECT f(39); SELECT 1';
SELECT g1();
CREATE FUNCTION g2() RETURNS integer LANGUAGE sql AS 'SELECT f(n) FROM generate_series(40, 42) n';
CREATE FUNCTION g3() RETURNS integer LANGUAGE sql AS 'SELECT f(n) FROM generate_series(43, 45) n; SELECT 1';
SELECT g3();
CREATE FUNCTION g4() RETURNS SETOF integer LANGUAGE sql AS 'SELECT f(n) FROM generate_series(46, 48) n';
CREATE FUNCTION g5() RETURNS SETOF integer LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT f(n) FROM generate_series(49, 51) n; END';
CREATE FUNCTION g6(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g7(a integer, b integer) RETURNS integer LANGUAGE sql STRICT AS 'SELECT 1';
CREATE FUNCTION g8() RETURNS void LANGUAGE sql AS 'WITH w AS (SELECT f(54)) SELECT 1';
SELECT g8();
CREATE FUNCTION g9() RETURNS void LANGUAGE sql AS 'SELECT f(n) FROM generate_series(55, 57) n';
SELECT g9();
CREATE FUNCTION g10(a integer, b integer) RETURNS integer LANGUAGE plpgsql STRICT AS 'BEGIN RETURN f(58); END';
SELECT g10(NULL, 1), g10(1, NULL);

-- migration: some of it 1
-- undone
WITH w AS (SELECT f(n) AS a FROM generate_series(13, 15) n) SELECT * FROM w LIMIT 1;

-- migration: some of it 2
-- undone
SELECT f(n) FROM generate_series(2, 4) n LIMIT 1;

-- migration: some of it 3
-- undone
SELECT 1 FROM t WHERE 1 IN (SELECT f(45));

-- migration: some of it 4
-- undone
SELECT 1 FROM t LEFT JOIN (SELECT f(53)) s ON true;

-- migration: some of it 5
-- undone
DO $$ DECLARE x integer; BEGIN SELECT f(n) INTO x FROM generate_series(8, 10) n; END $$;

-- migration: some of it 6
-- undone
DO $$ DECLARE c CURSOR FOR SELECT f(21); BEGIN OPEN c; CLOSE c; END $$;

-- migration: refused 1
-- undone
SELECT (SELECT f(n) FROM generate_series(36, 38) n);

-- migration: refused 3
-- undone
SELECT f(NULL);

-- migration: refused 4
-- undone
INSERT INTO u VALUES (3, 2) RETURNING f(7);

-- migration: parts of JSON that are not there
CREATE TABLE doc (a jsonb, b json);
INSERT INTO doc VALUES ('{"x": "y", "n": null, "l": [1, 2]}', '{"x": 1}');
DO $$ BEGIN IF ('{"a": 1}'::jsonb ->> 'b') IS NULL THEN CREATE TABLE doc_1 (); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM doc WHERE a -> 'z' IS NULL) THEN CREATE TABLE doc_2 (); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM doc WHERE a ->> 'x' = 'y' AND b ->> 'x' = '1') THEN CREATE TABLE doc_3 (); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM doc WHERE a ->> 'n' IS NULL AND a -> 'n' IS NOT NULL) THEN CREATE TABLE doc_4 (); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM doc WHERE a -> 'l' ->> 1 = '2' AND a -> 'l' -> 2 IS NULL AND a -> 0 IS NULL) THEN CREATE TABLE doc_5 (); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM doc WHERE a ->> 'x' = 'z') THEN CREATE TABLE doc_6 (); END IF; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM doc WHERE a ->> 'x' = 'y' LOOP EXECUTE 'CREATE TABLE doc_of_' || (r.a ->> 'x') || ' ()'; END LOOP; END $$;

-- migration: what is computed before anything is run
CREATE TABLE few (id integer, n integer, s text);
INSERT INTO few VALUES (1, 1, '1'), (2, 0, 'x');
SELECT 1 / 0 LIMIT 0;
SELECT 1 / 0 WHERE false;
SELECT n / 0 FROM few WHERE false;
SELECT 1 FROM few WHERE false AND 1 / 0 > 1;
SELECT 1 FROM few WHERE 1 / 0 > 1 AND false;
SELECT 1 FROM few WHERE id = 3 AND 1 / 0 > 1;
SELECT CASE WHEN n = 7 THEN 1 / 0 ELSE 1 END FROM few;
SELECT CASE WHEN false THEN 1 / 0 ELSE 1 END;
SELECT CASE WHEN true THEN 1 ELSE 1 / 0 END;
SELECT CASE WHEN EXISTS (SELECT FROM few WHERE id = 9) THEN 1 / 0 ELSE 1 END;
SELECT CASE 1 WHEN 1 THEN 1 ELSE 1 / 0 END, COALESCE(1, 1 / 0);
SELECT COALESCE(n, 1 / 0) FROM few;
SELECT COALESCE(NULL, 2, 1 / 0);
SELECT true OR 1 / 0 = 1;
SELECT n = 1 OR 1 / 0 = 1 FROM few;
SELECT 7 % 0 FROM few WHERE id = 9;
SELECT (2147483647 + 1) FROM few WHERE id = 9;
SELECT 1.0 / (1 - 1) FROM few WHERE id = 9;
SELECT EXISTS (SELECT 1 / 0);
SELECT EXISTS (SELECT n / 0 FROM few);
SELECT EXISTS (SELECT 1 / 0 LIMIT 1);
SELECT EXISTS (SELECT 1 / 0 LIMIT 0);
SELECT EXISTS (SELECT 1 / 0 OFFSET 0);
SELECT EXISTS (SELECT 1 / 0 UNION SELECT 1);
SELECT EXISTS (SELECT 1 FROM few WHERE 1 / 0 = 1);
SELECT EXISTS (SELECT 1 FROM few ORDER BY 1 / n);
SELECT NOT EXISTS (SELECT s::integer FROM few WHERE s = 'x');
SELECT 1 WHERE 1 IN (SELECT 1 / 0 FROM few WHERE false);
WITH w AS (SELECT 1 / 0) SELECT 1;
INSERT INTO few SELECT 1 / 0 WHERE false;
UPDATE few SET n = 1 / 0 WHERE false;
UPDATE few SET n = n / 0 WHERE id = 9;
DELETE FROM few WHERE id = 9 AND 1 / 0 = 1;
DO $$ BEGIN IF false AND 1 / 0 = 1 THEN NULL; END IF; END $$;
DO $$ BEGIN IF 1 / 0 = 1 AND false THEN NULL; END IF; END $$;
DO $$ DECLARE x integer := 5; BEGIN x := CASE WHEN x = 4 THEN 1 / 0 ELSE 1 END; END $$;
DROP TABLE few;

-- migration: how many rows are asked for
CREATE TABLE few (id integer, n integer, s text);
INSERT INTO few VALUES (1, 1, '1'), (2, 0, 'x');
SELECT 1 LIMIT -1;
SELECT 1 OFFSET -1;
SELECT 1 LIMIT -1 OFFSET -1;
SELECT 1 LIMIT 0 OFFSET -1;
SELECT 1 FROM few WHERE false LIMIT -1;
SELECT 1 FROM few LIMIT (SELECT -n FROM few WHERE id = 1);
SELECT EXISTS (SELECT 1 LIMIT -1);
SELECT 1 WHERE EXISTS (SELECT 1 FROM few LIMIT -1);
SELECT ARRAY(SELECT 1 LIMIT -2);
SELECT 1 FETCH FIRST -1 ROWS ONLY;
SELECT 1 LIMIT '-1';
SELECT 10 / n FROM few WHERE id = 2 LIMIT 1;
SELECT s::integer FROM few WHERE id = 2 LIMIT 1;
SELECT s::integer FROM few LIMIT 2;
SELECT sum(s::integer) FROM few LIMIT 1;
SELECT 10 / count(*) FROM few WHERE false LIMIT 1;
DO $$ DECLARE x integer; BEGIN SELECT 10 / n INTO x FROM few WHERE id = 2; END $$;
DO $$ DECLARE x integer; BEGIN SELECT 10 / n INTO STRICT x FROM few WHERE id = 1; END $$;
DO $$ BEGIN IF EXISTS (SELECT 10 / n FROM few WHERE id = 2) THEN RAISE EXCEPTION USING ERRCODE = '22023'; END IF; END $$;

-- migration: code behind views, operators and names
CREATE VIEW behind AS SELECT f(101) AS a;
CREATE VIEW behind_it AS SELECT a FROM behind;
CREATE FUNCTION "Make It"(n integer) RETURNS integer LANGUAGE sql AS 'SELECT f(n)';
CREATE FUNCTION makes(n integer) RETURNS integer LANGUAGE sql AS 'SELECT "Make It"(n)';
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT f(n)';
CREATE FUNCTION twice(n text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION made_by(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT f(a + b)';
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = made_by);
CREATE FUNCTION sum_of(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE OPERATOR +++ (LEFTARG = integer, RIGHTARG = integer, FUNCTION = sum_of);
SELECT a FROM behind;
SELECT 1 WHERE EXISTS (SELECT a FROM behind_it LIMIT 0);
SELECT makes(111) LIMIT 0;
SELECT EXISTS (SELECT makes(112));
SELECT makes(113) WHERE false;
SELECT twice(114) LIMIT 0;
SELECT EXISTS (SELECT twice(115));
SELECT 1 === 116 LIMIT 0;
SELECT EXISTS (SELECT 1 === 117);
SELECT 1 +++ 2;
SELECT EXISTS (SELECT set_config('search_path', 'pg_catalog', true));
CREATE TABLE where_public_is ();
SELECT set_config('search_path', 'nowhere', true) LIMIT 0;
SELECT CASE WHEN false THEN makes(118) ELSE 1 END;
SELECT 1 / 0 FROM behind WHERE false;
CREATE TABLE ends (n integer);
INSERT INTO ends VALUES (1), (2);
CREATE VIEW failing AS SELECT n, 1 / (n - 1) AS of_n FROM ends;
SELECT of_n FROM failing;

-- migration: in which order tables are read
-- undone
WITH a AS (SELECT f(201) AS a), b AS (SELECT f(202) AS b) SELECT a, b FROM a, b;
-- migration: how often a condition is evaluated
CREATE TABLE ends_too AS SELECT 1 AS m;
SELECT 1 FROM ends_too AS a JOIN ends_too AS b ON f(221) > 0;
SELECT 1 FROM ends JOIN ends_too ON f(n + 221) > 0 AND f(230) > 0 AND n = 1;
SELECT 1 FROM ends JOIN ends_too ON f(231) > 0;
-- migration: while a loop is run
DO $$ DECLARE r record; BEGIN FOR r IN SELECT f(n) AS n FROM generate_series(211, 211) AS n LOOP EXECUTE 'DROP TABLE made_' || r.n; END LOOP; END $$;
