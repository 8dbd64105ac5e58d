-- Indexes.
CREATE INDEX ON a (b);
CREATE INDEX i ON a (b);
CREATE INDEX idx_company_name ON marketing.company_master (company_name);
CREATE INDEX IF NOT EXISTS idx_company_name ON marketing.company_master USING btree (company_name);
CREATE UNIQUE INDEX i ON a (b, c);
CREATE UNIQUE INDEX IF NOT EXISTS "Weird Index" ON "Weird Table" ("Weird Column");
CREATE INDEX CONCURRENTLY i ON a (b);
CREATE INDEX CONCURRENTLY ON a (b);
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY marketing.a USING btree (b DESC NULLS LAST) WHERE b IS NOT NULL;
CREATE INDEX i ON ONLY a (b);
CREATE INDEX i ON a USING gin (b);
CREATE INDEX i ON a USING gist (b gist_trgm_ops);
CREATE INDEX i ON a USING gist (b gist_trgm_ops (siglen = 32));
CREATE INDEX i ON a USING gist (b public.gist_trgm_ops (siglen = 32, "X" = 'y') DESC);
CREATE INDEX i ON a USING hash (b);
CREATE INDEX i ON a USING brin (b int4_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX i ON a USING spgist (b);
CREATE INDEX i ON a USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
CREATE INDEX i ON a USING "My Am" (b);
CREATE INDEX i ON a (b ASC);
CREATE INDEX i ON a (b DESC, c ASC NULLS FIRST, d NULLS LAST, e DESC NULLS FIRST);
CREATE INDEX i ON a (b COLLATE "C");
CREATE INDEX i ON a (b COLLATE pg_catalog."C" text_pattern_ops DESC);
CREATE INDEX i ON a (b text_pattern_ops, c pg_catalog.varchar_pattern_ops);
CREATE INDEX i ON a (lower(b));
CREATE INDEX i ON a (lower(b) text_pattern_ops, upper(c) COLLATE "C" DESC);
CREATE INDEX i ON a ((b || ' ' || c));
CREATE INDEX i ON a ((b));
CREATE INDEX i ON a ((b ->> 'x') DESC);
CREATE INDEX i ON a ((b -> 'x' ->> 'y'), (c::date), coalesce(d, 'x'));
CREATE INDEX i ON a (date_trunc('day', b), (extract(year from b)));
CREATE INDEX i ON a (to_tsvector('english', b));
CREATE INDEX i ON a USING gin (to_tsvector('english'::regconfig, coalesce(title, '') || ' ' || body));
CREATE INDEX i ON a USING gin (metadata jsonb_path_ops);
CREATE INDEX i ON a (cast(b as text));
CREATE INDEX i ON a (b) INCLUDE (c);
CREATE INDEX i ON a (b) INCLUDE (c, d, "E");
CREATE INDEX i ON a (b) INCLUDE (lower(c), (d || 'x'), e text_ops DESC);
CREATE UNIQUE INDEX i ON a (b) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX i ON a (b) NULLS DISTINCT;
CREATE UNIQUE INDEX i ON a (b) INCLUDE (c) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE ts WHERE c > 0;
CREATE INDEX i ON a (b) WITH (fillfactor = 70);
CREATE INDEX i ON a (b) WITH (deduplicate_items = off, fastupdate, "Odd" = 1.5);
CREATE INDEX i ON a (b) TABLESPACE fast_disk;
CREATE INDEX i ON a (b) WHERE deleted_at IS NULL;
CREATE INDEX i ON a (b) WHERE (status = 'active' AND c IN (1, 2, 3));
CREATE INDEX i ON a (b) WHERE b NOT IN ('x') AND c BETWEEN 1 AND 2 OR d LIKE 'a%';
CREATE INDEX concurrently_idx ON a (b);
CREATE INDEX unique_idx ON a ("unique");
CREATE INDEX a_b_c_idx
    ON marketing.people -- where they live
    (last_name, first_name /* both */);
CREATE INDEX i ON bit.events (at);
CREATE INDEX i ON a (type, name, value, key, index, date, text, year, level);
CREATE INDEX i ON a (b int4_ops, c marketing.my_ops NULLS FIRST);
REINDEX INDEX i;
REINDEX INDEX CONCURRENTLY marketing.i;
REINDEX TABLE a;
REINDEX TABLE CONCURRENTLY a;
REINDEX SCHEMA marketing;
REINDEX SCHEMA CONCURRENTLY marketing;
REINDEX DATABASE outreach;
REINDEX DATABASE;
REINDEX SYSTEM outreach;
REINDEX SYSTEM;
REINDEX DATABASE CONCURRENTLY outreach;
REINDEX (VERBOSE) INDEX i;
REINDEX ("verbose") INDEX i;
REINDEX (CONCURRENTLY, VERBOSE, TABLESPACE ts) TABLE a;
REINDEX (CONCURRENTLY false, VERBOSE true) SCHEMA marketing;
REINDEX (VERBOSE) INDEX CONCURRENTLY i;
DROP INDEX i;
DROP INDEX IF EXISTS marketing.i;
DROP INDEX CONCURRENTLY i;
DROP INDEX CONCURRENTLY IF EXISTS marketing.i, j;
DROP INDEX i, j CASCADE;
DROP INDEX IF EXISTS i RESTRICT;
DROP INDEX CONCURRENTLY IF EXISTS i CASCADE;
-- rejected
CREATE INDEX;
-- rejected
CREATE INDEX i;
-- rejected
CREATE INDEX i ON a;
-- rejected
CREATE INDEX i ON a ();
-- rejected
CREATE INDEX i ON a b;
-- rejected
CREATE INDEX i ON a (b,);
-- rejected
CREATE INDEX i ON a (b c d);
-- rejected
CREATE INDEX marketing.i ON a (b);
-- rejected
CREATE INDEX IF NOT EXISTS ON a (b);
-- rejected
CREATE INDEX IF EXISTS i ON a (b);
-- rejected
CREATE INDEX IF NOT EXISTS CONCURRENTLY i ON a (b);
-- rejected
CREATE CONCURRENTLY INDEX i ON a (b);
-- rejected
CREATE INDEX UNIQUE i ON a (b);
-- rejected
CREATE UNIQUE i ON a (b);
-- rejected
CREATE OR REPLACE INDEX i ON a (b);
-- rejected
CREATE INDEX i ON a (b) USING gin;
-- rejected
CREATE INDEX i USING btree ON a (b);
-- rejected
CREATE INDEX i ON a USING gin b;
-- rejected
CREATE INDEX i ON a (b ->> 'x');
-- rejected
CREATE INDEX i ON a (b || c);
-- rejected
CREATE INDEX i ON a (b::date);
-- rejected
CREATE INDEX i ON a (b = 1);
-- rejected
CREATE INDEX i ON a (lower(b) + 1);
-- rejected
CREATE INDEX i ON a (row_number() OVER ());
CREATE INDEX i ON a (b(10));
-- rejected
CREATE INDEX i ON a (b NULLS FIRST DESC);
-- rejected
CREATE INDEX i ON a (b DESC ASC);
CREATE INDEX i ON a (b NULLS);
-- rejected
CREATE INDEX i ON a (b DESC COLLATE "C");
-- rejected
CREATE INDEX i ON a (b text_ops COLLATE "C");
-- rejected
CREATE INDEX i ON a (b) WHERE;
-- rejected
CREATE INDEX i ON a (b) WHERE c > 0 INCLUDE (c);
-- rejected
CREATE INDEX i ON a (b) WHERE c > 0 WITH (fillfactor = 70);
-- rejected
CREATE INDEX i ON a (b) TABLESPACE ts WITH (fillfactor = 70);
-- rejected
CREATE INDEX i ON a (b) INCLUDING (c);
-- rejected
CREATE INDEX i ON a (b) INCLUDE c;
-- rejected
CREATE INDEX i ON a (b) NULLS NOT DISTINCT INCLUDE (c);
-- rejected
CREATE INDEX i ON a (b) ONLINE;
-- rejected
CREATE INDEX i ON a (b) COMMENT 'x';
-- rejected
CREATE INDEX i ON a (b) IF NOT EXISTS;
-- rejected
CREATE CLUSTERED INDEX i ON a (b);
-- rejected
CREATE FULLTEXT INDEX i ON a (b);
-- rejected
CREATE INDEX `i` ON `a` (`b`);
-- rejected
CREATE INDEX i ON a (order);
-- rejected
CREATE INDEX i ON a (b) WITH fillfactor = 70;
-- rejected
CREATE INDEX i a (b);
-- rejected
DROP INDEX;
-- rejected
DROP INDEX i ON a;
-- rejected
DROP INDEX IF EXIST i;
-- rejected
DROP INDEX IF EXISTS CONCURRENTLY i;
-- rejected
DROP INDEX i CONCURRENTLY;
-- rejected
DROP UNIQUE INDEX i;
-- rejected
REINDEX;
-- rejected
REINDEX a;
-- rejected
REINDEX CONCURRENTLY TABLE a;
-- rejected
REINDEX TABLE a, b;
-- rejected
REINDEX TABLE a FORCE;
