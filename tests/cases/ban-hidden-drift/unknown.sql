-- case: db/migration/V1__a.sql, isolated
ALTER TABLE legacy ADD COLUMN a int;
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE IF NOT EXISTS legacy (a int, b int);
ALTER TABLE legacy ADD COLUMN IF NOT EXISTS b int;
