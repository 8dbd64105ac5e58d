-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, n int);
CREATE TABLE p (id bigint, n int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE VIEW v AS SELECT id FROM a;
-- case: 002_b.sql, isolated
UPDATE a SET n = 1; -- warning: every row of `a` is written anew, and locked until the transaction ends
UPDATE a AS x SET n = 1 WHERE TRUE; -- warning: every row of `a` is written anew
UPDATE a SET n = 1 FROM p; -- warning: every row of `a` is written anew
UPDATE p SET n = 1; -- warning: every row of `p` is written anew
UPDATE ONLY p1 SET n = 1; -- warning: every row of `p1` is written anew
UPDATE a SET n = 1 WHERE n IS NULL;
UPDATE somewhere SET n = 1; -- warning: every row of `somewhere` is written anew
CREATE TABLE own (n int);
UPDATE own SET n = 1;
CREATE TEMPORARY TABLE t (n int);
UPDATE t SET n = 1;
-- case: 003_c.sql, isolated
BEGIN;
DELETE FROM a;
UPDATE a SET n = 1;
COMMIT;
-- case: 004_d.sql, isolated
DO $$
BEGIN
  FOR i IN 1..3 LOOP
    UPDATE a SET n = i; -- warning: every row of `a` is written anew
  END LOOP;
  IF EXISTS (SELECT FROM a) THEN
    UPDATE a SET n = 2;
  END IF;
END
$$;
-- case: 005_e.sql, isolated
BEGIN;
UPDATE a SET n = 1; -- warning: every row of `a` is written anew
UPDATE a SET n = 2;
COMMIT;
UPDATE a SET n = 3 WHERE 1 = 1; -- warning: every row of `a` is written anew
UPDATE ONLY p SET n = 1;
DO $$ BEGIN EXECUTE 'UPDATE a SET n = 4'; END $$; -- warning: every row of `a` is written anew
-- case: 006_f.sql, isolated
UPDATE a SET n = 1;
DROP TABLE a CASCADE;
