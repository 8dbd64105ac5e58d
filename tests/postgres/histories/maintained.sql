-- What runs in a transaction only where it is about no partitioned table.

-- migration: start
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE p (a integer, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_a ON p (a);
INSERT INTO t VALUES (1);

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

-- migration: beside others
ANALYZE t;
ANALYZE p1;
VACUUM t;
VACUUM p1;
REINDEX TABLE p1;
REINDEX INDEX p1_pkey;
REINDEX TABLE t;
