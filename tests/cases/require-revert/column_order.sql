-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int, b int, c int);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t DROP COLUMN b;
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE t ADD COLUMN b int;
