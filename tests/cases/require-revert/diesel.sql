-- case: migrations/2024-01-01-000000_a/up.sql, isolated
CREATE TABLE t (a int);
CREATE TABLE u (a int);
-- case: migrations/2024-01-01-000000_a/down.sql, isolated
DROP TABLE t; -- error: left behind: table `public.u`
