-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int);
CREATE INDEX IF NOT EXISTS i ON t (a);
-- case: migrations/2_m.down.sql, isolated
DROP TABLE IF EXISTS t; -- error: table `public.t` is not there again
