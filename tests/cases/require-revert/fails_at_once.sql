-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
-- case: migrations/1_m.down.sql, isolated
ALTER TABLE t DROP COLUMN b; -- error: column "b" of relation "t" does not exist (SQLSTATE 42703)
DROP TABLE t;
