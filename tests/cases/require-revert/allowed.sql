-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
-- case: migrations/1_m.down.sql, isolated
-- migration-lint: allow-file(require-revert): the table is somebody else's by now
SELECT 1;
