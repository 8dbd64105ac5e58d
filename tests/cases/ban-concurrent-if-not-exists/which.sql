-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, n bigint);
CREATE INDEX CONCURRENTLY IF NOT EXISTS a_own ON a (n);
-- case: 002_b.sql, isolated
CREATE INDEX CONCURRENTLY IF NOT EXISTS a_n ON a (n); -- warning: a first attempt that fails leaves `a_n` there, invalid, and this then passes over it
CREATE INDEX CONCURRENTLY a_m ON a (n);
CREATE INDEX IF NOT EXISTS a_o ON a (n);
DROP INDEX CONCURRENTLY IF EXISTS public.a_p;
CREATE INDEX CONCURRENTLY IF NOT EXISTS a_p ON a (n);
DROP INDEX CONCURRENTLY IF EXISTS a_q;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_r ON a (n); -- warning: `a_r`
