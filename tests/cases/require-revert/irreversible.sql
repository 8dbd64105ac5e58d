-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int, b int);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t DROP COLUMN b;
-- case: migrations/2_m.down.sql, isolated
DO $$ BEGIN RAISE EXCEPTION 'b is gone for good'; END $$;
-- case: migrations/3_m.up.sql, isolated
ALTER TABLE t DROP COLUMN a;
-- case: migrations/3_m.down.sql, isolated
-- IRREVERSIBLE: nobody knows what stood there
