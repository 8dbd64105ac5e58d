-- case: migrations/1_m.up.sql, isolated
CREATE INDEX i ON legacy (a);
ALTER TABLE legacy ADD COLUMN b int;
-- case: migrations/1_m.down.sql, isolated
DROP INDEX i;
ALTER TABLE legacy DROP COLUMN b;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE legacy ADD COLUMN c int;
CREATE INDEX j ON legacy (c, d);
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE legacy DROP COLUMN d; -- error: left behind: column `c` of table `public.legacy`
