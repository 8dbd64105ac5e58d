-- migration: start
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c text COLLATE "C", j jsonb, arr text[], at timestamptz, p point, v tsvector);
CREATE VIEW w AS SELECT a FROM t;
-- down
DROP VIEW w;
DROP TABLE t;

-- migration: names
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (lower(b));
CREATE INDEX ON t ((a + 1));
CREATE INDEX ON t ((a + 1), lower(b), c);
CREATE UNIQUE INDEX ON t (b);
CREATE INDEX named ON t (a);
CREATE INDEX named ON t (b);
CREATE INDEX IF NOT EXISTS named ON t (b);
CREATE INDEX t ON t (a);
CREATE INDEX other.named ON t (a);
-- down
DROP INDEX t_a_idx, t_a_idx1, t_a_b_idx, t_lower_idx, t_expr_idx, t_expr_lower_c_idx, t_b_idx, named;

-- migration: forms
CREATE INDEX f1 ON t USING btree (a DESC NULLS LAST, b ASC NULLS FIRST, c COLLATE "POSIX" text_pattern_ops);
CREATE INDEX f2 ON t USING hash (a);
CREATE INDEX f3 ON t USING gin (j);
CREATE INDEX f4 ON t USING gin (j jsonb_path_ops);
CREATE INDEX f5 ON t USING gin (arr);
CREATE INDEX f6 ON t USING gist (p);
CREATE INDEX f7 ON t USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX f8 ON t USING spgist (p);
CREATE INDEX f9 ON t USING gin (to_tsvector('english', b));
CREATE INDEX f10 ON t (a) INCLUDE (b, c);
CREATE INDEX f11 ON t (a) WHERE b IS NOT NULL AND a > 5;
CREATE UNIQUE INDEX f12 ON t (b) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE a IS NULL;
CREATE INDEX f13 ON t ((j ->> 'key'));
CREATE INDEX f14 ON t (b varchar_pattern_ops, (upper(c)) DESC);
CREATE INDEX f15 ON t USING gist (v);
CREATE INDEX f16 ON t (date(at AT TIME ZONE 'UTC'));
CREATE INDEX f17 ON t (coalesce(b, ''), (a IS NULL));
CREATE INDEX f18 ON t ((b || c));
CREATE INDEX f19 ON t (a) TABLESPACE pg_default;
CREATE INDEX f20 ON t USING gist (v tsvector_ops (siglen = 100));
-- down
DROP INDEX f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20;

-- migration: refused
CREATE INDEX r1 ON t (nothing);
CREATE INDEX r2 ON nothing (a);
CREATE INDEX r3 ON w (a);
CREATE INDEX r4 ON t USING nothing (a);
CREATE INDEX r5 ON t (a nothing_ops);
CREATE INDEX r6 ON t (a text_ops);
CREATE INDEX r7 ON t USING gin (a);
CREATE INDEX r8 ON t (j json_ops);
CREATE INDEX r9 ON t (p);
CREATE INDEX r10 ON t (now());
CREATE INDEX r11 ON t (date(at));
CREATE INDEX r12 ON t (a) WHERE at > now();
CREATE INDEX r13 ON t (a) WHERE a;
CREATE INDEX r14 ON t (a) WHERE (SELECT true);
CREATE INDEX r15 ON t (sum(a));
CREATE INDEX r16 ON t (a COLLATE "C");
CREATE INDEX r17 ON t (b COLLATE nothing);
CREATE INDEX r18 ON t (a) WITH (nothing = 1);
CREATE INDEX r19 ON t (a) TABLESPACE nothing;
CREATE UNIQUE INDEX r20 ON t USING hash (a);
CREATE INDEX r21 ON t USING hash (a, b);
CREATE INDEX r22 ON t USING gin (j) INCLUDE (a);
CREATE INDEX r23 ON t USING gin (j DESC);
CREATE INDEX r24 ON t (a) INCLUDE ((a + 1));
CREATE INDEX r25 ON t (nofunction(a));
CREATE INDEX r26 ON t ((SELECT 1));
CREATE INDEX r27 ON t ((a, b));
CREATE INDEX r28 ON t USING gin (b gin_trgm_ops);
CREATE INDEX r29 ON t (generate_series(1, a));
CREATE INDEX r30 ON t (ctid);

-- migration: drop and rename
CREATE INDEX d1 ON t (a);
DROP INDEX nothing;
DROP INDEX IF EXISTS nothing;
DROP INDEX public.nothing;
DROP INDEX t_pkey;
DROP INDEX t;
ALTER INDEX d1 RENAME TO d2;
ALTER INDEX d1 RENAME TO d3;
ALTER INDEX IF EXISTS d1 RENAME TO d3;
ALTER INDEX d2 RENAME TO t;
ALTER INDEX d2 SET (fillfactor = 60);
ALTER INDEX d2 RESET (fillfactor);
ALTER INDEX d2 SET TABLESPACE pg_default;
ALTER TABLE d2 RENAME TO d4;
ALTER INDEX d4 ALTER COLUMN 1 SET STATISTICS 100;
DROP INDEX d4, d4;
DROP INDEX d4;

-- migration: dependents
CREATE FUNCTION fi(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE INDEX di ON t (fi(b));
DROP FUNCTION fi(text);
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t ADD COLUMN b text;
CREATE INDEX di2 ON t (fi(b), a) WHERE c > '';
DROP FUNCTION fi(text) CASCADE;
ALTER TABLE t DROP COLUMN c;

-- migration: duplicates among rows
CREATE TABLE du (a integer, b text);
INSERT INTO du VALUES (1, 'x'), (1, 'X'), (NULL, NULL), (NULL, 'z');
CREATE UNIQUE INDEX ON du (a);
CREATE UNIQUE INDEX ON du (b);
CREATE UNIQUE INDEX ON du (lower(b));
CREATE UNIQUE INDEX ON du (a) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX ON du (a) WHERE b = 'x';
CREATE UNIQUE INDEX ON du (a, b);
-- down
DROP TABLE du;

-- migration: concurrently
CREATE TABLE cc (a integer, b text);
CREATE INDEX CONCURRENTLY cc1 ON cc (a);
CREATE INDEX CONCURRENTLY IF NOT EXISTS cc1 ON cc (b);
CREATE UNIQUE INDEX CONCURRENTLY ON cc (b);
DROP INDEX CONCURRENTLY cc1;
DROP INDEX CONCURRENTLY IF EXISTS cc1;
REINDEX INDEX CONCURRENTLY cc_b_idx;
REINDEX TABLE cc;
REINDEX TABLE nothing;
REINDEX INDEX nothing;
BEGIN;
CREATE INDEX CONCURRENTLY cc2 ON cc (a);
ROLLBACK;
BEGIN;
DROP INDEX CONCURRENTLY cc_b_idx;
COMMIT;
CREATE TABLE ccp (a integer) PARTITION BY RANGE (a);
CREATE INDEX CONCURRENTLY ON ccp (a);
DROP INDEX CONCURRENTLY cc_b_idx CASCADE;
DROP INDEX CONCURRENTLY cc_b_idx, nothing;

-- migration: partitioned
CREATE TABLE pt (a integer, b integer, c text) PARTITION BY RANGE (a);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (1) TO (10);
CREATE TABLE pt2 (a integer, b integer, c text);
CREATE INDEX pt2_mine ON pt2 (b);
CREATE INDEX pti ON pt (b);
ALTER TABLE pt ATTACH PARTITION pt2 FOR VALUES FROM (10) TO (20);
CREATE INDEX only1 ON ONLY pt (c);
CREATE INDEX part1 ON pt1 (c);
ALTER INDEX only1 ATTACH PARTITION part1;
ALTER INDEX only1 ATTACH PARTITION part1;
CREATE INDEX part2 ON pt2 (c);
ALTER INDEX only1 ATTACH PARTITION pt2_mine;
ALTER INDEX only1 ATTACH PARTITION part2;
DROP INDEX part2;
DROP INDEX pt1_b_idx;
DROP INDEX pti;
ALTER TABLE pt ADD UNIQUE (a, b);
ALTER TABLE pt1 DROP CONSTRAINT pt1_a_b_key;
ALTER TABLE pt DROP CONSTRAINT pt_a_b_key;
CREATE UNIQUE INDEX ON pt (lower(c));
ALTER TABLE pt DETACH PARTITION pt1;
-- down
DROP TABLE pt, pt1;

-- migration: cluster and replica identity
CREATE TABLE cl (a integer NOT NULL, b text, UNIQUE (a));
CREATE INDEX cl_b ON cl (b);
CLUSTER cl USING cl_b;
ALTER TABLE cl CLUSTER ON cl_a_key;
ALTER TABLE cl CLUSTER ON nothing;
ALTER TABLE cl SET WITHOUT CLUSTER;
ALTER TABLE cl REPLICA IDENTITY USING INDEX cl_a_key;
ALTER TABLE cl REPLICA IDENTITY USING INDEX cl_b;
ALTER TABLE cl REPLICA IDENTITY USING INDEX nothing;
ALTER TABLE cl REPLICA IDENTITY FULL;
ALTER TABLE cl REPLICA IDENTITY NOTHING;
ALTER TABLE cl REPLICA IDENTITY DEFAULT;
ALTER TABLE cl CLUSTER ON cl_b;
DROP INDEX cl_b;
-- down
DROP TABLE cl;
