-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int DEFAULT 1, b int NOT NULL);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t ALTER a SET DEFAULT 2;
ALTER TABLE t ALTER b DROP NOT NULL;
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE t ALTER a DROP DEFAULT; -- error: column `a` of table `public.t`: default 1 is gone; column `b` of table `public.t` is no longer not null
