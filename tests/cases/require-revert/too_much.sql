-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t ADD COLUMN c int;
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE t DROP COLUMN c; -- error: index `public.i` is not there again
DROP INDEX i;
