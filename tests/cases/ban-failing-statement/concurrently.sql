-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
BEGIN;
CREATE INDEX CONCURRENTLY i ON t (a); -- error: CREATE INDEX CONCURRENTLY cannot run inside a transaction block (SQLSTATE 25001)
COMMIT;
