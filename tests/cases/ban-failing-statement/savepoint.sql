-- case: db/migration/V1__a.sql, isolated
BEGIN;
CREATE TABLE t (a int);
SAVEPOINT s;
DROP TABLE t;
ROLLBACK TO s;
ALTER TABLE t ADD COLUMN b int;
COMMIT;
