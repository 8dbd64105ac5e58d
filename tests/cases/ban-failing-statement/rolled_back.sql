-- case: db/migration/V1__a.sql, isolated
BEGIN;
CREATE TABLE t (a int);
ROLLBACK;
BEGIN;
CREATE TABLE t (a int);
COMMIT;
-- case: db/migration/V2__b.sql, isolated
SELECT a FROM t;
