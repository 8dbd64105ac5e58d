-- UP MIGRATION
BEGIN;
CREATE INDEX CONCURRENTLY i ON marketing.a (a); -- error: `CREATE INDEX CONCURRENTLY` can't run in a transaction (SQLSTATE 25001)
DROP INDEX CONCURRENTLY marketing.j; -- error: `DROP INDEX CONCURRENTLY` can't run in a transaction
VACUUM marketing.a; -- error: `VACUUM` can't run in a transaction
REINDEX TABLE CONCURRENTLY marketing.a; -- error: `REINDEX CONCURRENTLY` can't run in a transaction
ALTER SYSTEM SET work_mem = '4MB'; -- error: `ALTER SYSTEM` can't run in a transaction
ALTER TABLE marketing.p DETACH PARTITION marketing.q CONCURRENTLY; -- error: `ALTER TABLE … DETACH CONCURRENTLY` can't run in a transaction
DO $$ BEGIN COMMIT; END $$; -- error: `COMMIT in a DO block` can't run in a transaction (SQLSTATE 2D000)
ALTER TYPE marketing.kind ADD VALUE 'x';
REINDEX TABLE marketing.a;
CLUSTER marketing.a USING i;
REFRESH MATERIALIZED VIEW CONCURRENTLY marketing.m;
COMMIT;
