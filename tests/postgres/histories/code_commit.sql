-- Transactions that code ends: what was done before stands, and where none may end.

-- migration: start
CREATE TABLE t (a integer, b integer);
INSERT INTO t VALUES (1), (2), (3);
CREATE FUNCTION commits() RETURNS integer LANGUAGE plpgsql AS 'BEGIN COMMIT; RETURN 1; END';
CREATE PROCEDURE batch() LANGUAGE plpgsql AS 'BEGIN CREATE TABLE batch_1 (); COMMIT; CREATE TABLE batch_2 (); END';
CREATE PROCEDURE careful() LANGUAGE plpgsql SET search_path = public AS 'BEGIN CREATE TABLE careful_1 (); COMMIT; END';
CREATE PROCEDURE owned() LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN COMMIT; END';
CREATE PROCEDURE outer_batch() LANGUAGE plpgsql AS 'BEGIN CALL batch(); COMMIT; CREATE TABLE batch_3 (); END';

-- migration: what was done stands
DO $$ BEGIN CREATE TABLE done_1 (); COMMIT; CREATE TABLE done_2 (); END $$;
DO $$ BEGIN CREATE TABLE done_3 (); COMMIT; CREATE TABLE done_1 (); END $$;
CREATE TABLE done_3 ();
DO $$ BEGIN LOOP UPDATE t SET b = a WHERE b IS NULL AND a = (SELECT min(a) FROM t WHERE b IS NULL); EXIT WHEN NOT FOUND; COMMIT; END LOOP; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM t WHERE b = 3) THEN CREATE TABLE done_4 (); END IF; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT a FROM t ORDER BY a LOOP EXECUTE format('CREATE TABLE row_%s ()', r.a); COMMIT; END LOOP; END $$;
DO $$ BEGIN SET LOCAL search_path = pg_catalog; COMMIT; CREATE TABLE done_5 (); END $$;
DO $$ BEGIN CREATE TEMPORARY TABLE gone (a integer) ON COMMIT DROP; COMMIT; CREATE TABLE done_6 AS SELECT * FROM gone; END $$;
DO $$ BEGIN COMMIT AND CHAIN; CREATE TABLE done_7 (); END $$;
CALL batch();
DROP TABLE batch_1, batch_2;
CALL outer_batch();
DROP TABLE batch_1, batch_2, batch_3;
DO $$ BEGIN CALL batch(); /* it commits */ CREATE TABLE done_8 (); END $$;

-- migration: none may end
SELECT commits();
DO $$ BEGIN PERFORM commits(); END $$;
DO $$ DECLARE x integer; BEGIN x := commits(); END $$;
DO $$ BEGIN EXECUTE 'COMMIT'; END $$;
DO $$ BEGIN EXECUTE 'CALL batch()'; END $$;
DO $$ BEGIN EXECUTE 'DO ''BEGIN COMMIT; END'''; END $$;
DO $$ BEGIN BEGIN COMMIT; EXCEPTION WHEN division_by_zero THEN NULL; END; END $$;
DO $$ BEGIN BEGIN COMMIT; EXCEPTION WHEN others THEN CREATE TABLE none_1 (); END; END $$;
DO $$ BEGIN BEGIN CALL batch(); EXCEPTION WHEN invalid_transaction_termination THEN CREATE TABLE none_2 (); END; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN UPDATE t SET b = 4 RETURNING a LOOP COMMIT; END LOOP; END $$;
CALL careful();
CALL owned();
DO $$ BEGIN CALL owned(); END $$;
BEGIN;
DO $$ BEGIN COMMIT; END $$;
ROLLBACK;

-- migration: in loops over what changes rows
DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'UPDATE t SET b = 4 RETURNING a' LOOP COMMIT; END LOOP; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN WITH d AS (DELETE FROM t WHERE a = 7 RETURNING a) SELECT 1 AS one LOOP COMMIT; END LOOP; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'WITH d AS (DELETE FROM t WHERE a = 7 RETURNING a) SELECT 1 AS one' LOOP COMMIT; END LOOP; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT a FROM t' LOOP COMMIT; END LOOP; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN WITH d AS (SELECT 1 AS one) SELECT one FROM d LOOP COMMIT; END LOOP; END $$;

-- migration: by way of SQL
CREATE PROCEDURE in_sql() LANGUAGE sql AS 'CALL batch()';
CREATE FUNCTION none_3() RETURNS void LANGUAGE sql AS 'CALL batch()';
CALL in_sql();
SELECT none_3();
DO $$ BEGIN CALL in_sql(); END $$;
DROP TABLE IF EXISTS batch_1, batch_2;
CALL batch();
