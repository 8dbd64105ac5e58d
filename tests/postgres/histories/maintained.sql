-- What runs in a transaction only where it is about no partitioned table; operators between an array and a constant in quotes.

-- migration: start
CREATE TABLE t (a integer PRIMARY KEY, b integer[], c text[], v varchar[]);
CREATE TABLE p (a integer, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_a ON p (a);
CREATE TYPE kind AS ENUM ('a', 'b');
INSERT INTO t VALUES (1, '{1}', '{a}', '{b}');

-- migration: in code
DO $$ BEGIN REINDEX TABLE t; END $$;
DO $$ BEGIN REINDEX INDEX t_pkey; END $$;
DO $$ BEGIN CLUSTER t USING t_pkey; END $$;
DO $$ BEGIN REINDEX TABLE p; END $$;
DO $$ BEGIN REINDEX INDEX p_a; END $$;
DO $$ BEGIN REINDEX TABLE p1; END $$;
DO $$ BEGIN REINDEX TABLE nowhere; END $$;
DO $$ BEGIN REINDEX SCHEMA public; END $$;

-- migration: in a transaction
BEGIN;
REINDEX TABLE t;
REINDEX INDEX t_pkey;
CLUSTER t USING t_pkey;
COMMIT;

-- migration: a partitioned index in a transaction
BEGIN;
REINDEX INDEX p_a;
COMMIT;

-- migration: a partitioned table in a transaction
BEGIN;
REINDEX TABLE p;
COMMIT;

-- migration: arrays and constants
SELECT b || '{2}' FROM t;
SELECT c || '{b}' FROM t;
SELECT v || '{b}' FROM t;
SELECT ARRAY[1] || '{2}';
SELECT b || NULL FROM t;
SELECT '{2}' || b FROM t;
UPDATE t SET b = b || '{2}', c = '{c}' || c;
ALTER TABLE t ADD d integer[] DEFAULT ARRAY[1] || '{2}';
CREATE VIEW w AS SELECT b || '{2}' AS b, c || '{b}' AS c FROM t;
SELECT ARRAY['a'::kind] || '{b}';
