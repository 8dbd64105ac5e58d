\set ON_ERROR_STOP on
SET lock_timeout = '5s';
-- UP MIGRATION
SET statement_timeout = '60s';
BEGIN;
SET LOCAL search_path TO marketing;
CREATE TABLE marketing.a (a int);
SAVEPOINT s;
INSERT INTO marketing.a VALUES (1);
RELEASE s;
DO $$ BEGIN NULL; END $$;
COMMIT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON marketing.a (a);
VACUUM marketing.a;
RESET lock_timeout;
\echo done
