-- case: 001_a.sql, isolated
CREATE TABLE p (id bigint, a int, b int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (100);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
CREATE TABLE p21 PARTITION OF p2 FOR VALUES FROM (100) TO (150);
CREATE TABLE empty (id bigint, a int) PARTITION BY RANGE (id);
CREATE TABLE plain (id bigint, a int);
CREATE TABLE deep (id bigint, a int) PARTITION BY RANGE (id);
CREATE TABLE deep_1 PARTITION OF deep FOR VALUES FROM (1) TO (100) PARTITION BY RANGE (id);
CREATE INDEX there ON p (b, a);
-- case: 002_b.sql, isolated
CREATE INDEX i ON p (a); -- warning: building this index keeps everybody from writing to `p` and all its partitions until it is done with the last
CREATE UNIQUE INDEX j ON p2 (id); -- warning: building this index keeps everybody from writing to `p2` and all its partitions
CREATE INDEX ON p (b); -- warning: building this index keeps everybody from writing to `p` and all its partitions
CREATE INDEX IF NOT EXISTS there ON p (b, a);
CREATE INDEX k ON ONLY p (id, a);
CREATE INDEX of_deep ON deep (a); -- warning: building this index keeps everybody from writing to `deep` and all its partitions
CREATE INDEX of_none ON empty (a); -- warning: building this index keeps everybody from writing to `empty` and all its partitions
CREATE TABLE own PARTITION OF empty FOR VALUES FROM (1) TO (100);
CREATE INDEX of_own ON empty (id); -- warning: building this index keeps everybody from writing to `empty` and all its partitions
CREATE TABLE new (id bigint, a int) PARTITION BY RANGE (id);
CREATE TABLE new_1 PARTITION OF new FOR VALUES FROM (1) TO (100);
CREATE INDEX of_new ON new (a);
-- migration-lint: allow(require-concurrent-index): this rule says nothing of it
CREATE INDEX of_plain ON plain (a);
-- case: 003_c.sql, isolated
CREATE INDEX CONCURRENTLY p1_ab ON p1 (a, b);
CREATE INDEX CONCURRENTLY p21_ab ON p21 (a, b);
CREATE INDEX takes_both ON p (a, b);
CREATE INDEX CONCURRENTLY p1_ba ON p1 (a DESC);
CREATE INDEX takes_one ON p (a DESC); -- warning: building this index keeps everybody from writing to `p` and all its partitions
-- case: 004_d.sql, isolated
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE p;
CREATE INDEX of_nothing ON p (id DESC);
COMMIT;
DO $$ BEGIN CREATE INDEX in_code ON p (b DESC); END $$; -- warning: building this index keeps everybody from writing to `p` and all its partitions
-- case: 005_e.sql, isolated
CREATE TABLE of_others_1 PARTITION OF of_others FOR VALUES FROM (1) TO (100);
-- case: 006_f.sql, isolated
CREATE INDEX of_of_others ON of_others (a); -- warning: building this index keeps everybody from writing to `of_others` and all its partitions
CREATE INDEX only_above ON ONLY of_others (b);
CREATE INDEX only_this ON ONLY nobodys (b);
